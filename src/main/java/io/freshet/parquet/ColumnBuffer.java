package io.freshet.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;

/** The values of one column in the row group that is being collected. Reused for the next group. Not thread-safe. */
public abstract sealed class ColumnBuffer permits NumberBuffer, TokenBuffer, TextBuffer {

    private static final int ROWS_PER_PAGE = 1 << 15;
    private static final int FIRST_CAPACITY = 1 << 10;

    private final FileColumn column;
    private final BitSet missing = new BitSet();
    /** The definition levels of missing values by row; only used if there is more than one such level. */
    private byte[] levels = new byte[0];
    private int rows;
    private int values;

    ColumnBuffer(FileColumn column) {
        this.column = column;
    }

    public final FileColumn column() {
        return column;
    }

    final int rows() {
        return rows;
    }

    /** Returns the number of values, not counting missing ones. */
    final int values() {
        return values;
    }

    /** Adds a row that has all groups around the column, but no value. */
    public final void putMissing() {
        putMissing(column.optionalGroups().size());
    }

    /**
     * Adds a row without a value.
     *
     * @param groups how many of the optional groups around the column the row has, counted from the outermost
     */
    public final void putMissing(int groups) {
        int level = Math.min(groups, column.maxLevel() - 1);
        if (level < 0) {
            throw new IllegalArgumentException("column " + String.join(".", column.path()) + " cannot have missing values");
        }
        if (column.maxLevel() > 1) {
            if (rows >= levels.length) {
                levels = Arrays.copyOf(levels, Math.max(FIRST_CAPACITY, 2 * rows));
            }
            levels[rows] = (byte) level;
        }
        missing.set(rows++);
    }

    /** Counts a row with a value. */
    final void added() {
        rows++;
        values++;
    }

    /** Counts rows with values. */
    final void added(int more) {
        rows += more;
        values += more;
    }

    /** Chooses the encoding, and writes the dictionary if there is one. */
    abstract Encoding begin(ChunkWriter chunk) throws IOException;

    /** Appends the values from one index to another, in the encoding that {@link #begin} returned. */
    abstract void write(int from, int to, PageBytes page) throws IOException;

    /** Fills in the minimum and the maximum of all values. */
    abstract void limits(Statistics statistics);

    /** Fills in the minimum and the maximum of the values from one index to another, which is greater. */
    abstract void limits(Statistics statistics, int from, int to);

    /** Returns the number of bytes that grows with the values. */
    abstract long sizeBytes();

    /** Removes the values. */
    abstract void clearValues();

    final ColumnChunk write(ChunkWriter chunk) throws IOException {
        Encoding encoding = begin(chunk);
        int value = 0;
        for (int row = 0; row < rows; row += ROWS_PER_PAGE) {
            int end = Math.min(rows, row + ROWS_PER_PAGE);
            int next = value + end - row - missing.get(row, end).cardinality();
            PageBytes page = chunk.newPage();
            if (column.maxLevel() > 0) {
                writeLevels(page, row, end);
            }
            write(value, next, page);
            Statistics limits = new Statistics().setNull_count(end - row - (next - value));
            if (next > value) {
                limits(limits, value, next);
            }
            chunk.writePage(row, end - row, encoding, limits);
            value = next;
        }
        Statistics statistics = new Statistics().setNull_count(rows - (long) values);
        if (values > 0) {
            limits(statistics);
        }
        ColumnChunk written = chunk.finish(rows, statistics);
        clear();
        return written;
    }

    /** Writes for each row how many of the optional groups, and whether the value, it has. */
    private void writeLevels(PageBytes page, int from, int to) throws IOException {
        int start = page.size();
        int max = column.maxLevel();
        page.putInt(0);
        int[] ofRows = new int[to - from];
        for (int row = from; row < to; row++) {
            ofRows[row - from] = !missing.get(row) ? max : max == 1 ? 0 : levels[row];
        }
        page.putRuns(bitWidth(max + 1), 0, ofRows.length, ofRows);
        page.setInt(start, page.size() - start - Integer.BYTES);
    }

    private void clear() {
        missing.clear();
        rows = 0;
        values = 0;
        clearValues();
    }

    /** Returns the number of bits that codes below {@code size} take. */
    static int bitWidth(int size) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, size - 1));
    }
}
