package io.freshet.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.freshet.table.ColumnBuilder.Kind;

/**
 * Takes a table row by row in bounded memory. When the sampled rows outgrow the cell budget (long texts weigh more than a
 * cell) no more are added, or half of them go; when the dictionaries outgrow theirs, the largest is given up.
 */
final class TableBuilder {

    static final int MOST_COLUMNS = 20_000;
    private static final long DICTIONARY_BYTES = 96L << 20;
    /** Half of what a number takes, as their array has to be copied to grow. */
    private static final int TEXT_BYTES_PER_CELL = 4;
    private static final int NAMES_SHOWN = 30;

    private final ReadOptions options;
    private final Map<String, ColumnBuilder> byName = new LinkedHashMap<>();
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private final MemoryUse memory = new MemoryUse();
    private final Reservoir reservoir = new Reservoir();
    private int slot;
    private boolean inRow;

    TableBuilder(ReadOptions options) {
        this.options = options;
    }

    /** The column of this name, new or known. */
    ColumnBuilder column(String name) {
        return column(name, List.of(name));
    }

    /**
     * The column of this name, new or known.
     *
     * @param path where JSON has it
     */
    ColumnBuilder column(String name, List<String> path) {
        ColumnBuilder known = byName.get(name);
        if (known == null) {
            if (columns.size() == MOST_COLUMNS) {
                throw new TableException("the table has more than " + MOST_COLUMNS + " columns");
            }
            known = new ColumnBuilder(name, path, options.override(name).orElse(null), memory);
            byName.put(name, known);
            columns.add(known);
        }
        return known;
    }

    boolean hasColumn(String name) {
        return byName.containsKey(name);
    }

    long rows() {
        return reservoir.rows();
    }

    void beginRow() {
        if (!reservoir.isFull() && (reservoir.size() + 1L) * columns.size() > options.sampleCells()) {
            reservoir.close();
        }
        inRow = true;
        slot = reservoir.next();
        if (reservoir.isFull() && slot >= 0) {
            columns.forEach(column -> column.clear(slot));
        }
    }

    void put(ColumnBuilder column, FieldText text, Kind kind) {
        column.put(reservoir.rows(), slot, text, kind);
        if (memory.dictionaryBytes() > DICTIONARY_BYTES) {
            columns.stream().max(Comparator.comparingLong(ColumnBuilder::dictionaryBytes)).ifPresent(ColumnBuilder::shrink);
        }
    }

    /** Whether a row has begun and not ended. */
    boolean isInRow() {
        return inRow;
    }

    /** Says that the row is complete. */
    void endRow() {
        inRow = false;
        while (cells() > options.sampleCells() && reservoir.size() > 1) {
            int[] kept = reservoir.halve();
            columns.forEach(column -> column.keep(kept));
        }
    }

    private long cells() {
        // JSON may add columns when the sample is full already
        return (long) reservoir.size() * columns.size() + memory.textBytes() / TEXT_BYTES_PER_CELL;
    }

    /**
     * The table; the builder is of no use afterwards.
     *
     * @throws TableException if there are no columns or no rows, or a type was given to a column that is not there
     */
    TableSample build() {
        if (columns.isEmpty()) {
            throw new TableException("the input is empty: it has no columns");
        }
        if (rows() == 0) {
            throw new TableException("the input has a header but no rows");
        }
        checkOverrides();
        List<Column> schema = new ArrayList<>();
        List<ColumnVector> vectors = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        List<List<Long>> counts = new ArrayList<>();
        byName.clear();
        while (schema.size() < columns.size()) {
            // each column is let go as soon as its vector is there
            ColumnBuilder column = columns.set(schema.size(), new ColumnBuilder("", List.of(), null, memory));
            FinishedColumn finished = new TypeInference(column, rows(), reservoir.size()).finish();
            long absent = rows() - finished.values();
            schema.add(new Column(column.name(), finished.type(), absent > 0, column.path()));
            vectors.add(finished.vector());
            missing.add(absent);
            counts.add(finished.counts());
        }
        RowBatch batch = RowBatch.wrap(new Schema(schema), vectors);
        batch.hold(0, reservoir.size());
        return new TableSample(batch, rows(), missing, counts);
    }

    private void checkOverrides() {
        options.overrides().keySet().stream().filter(name -> !hasColumn(name)).sorted().findFirst().ifPresent(unknown -> {
            List<String> names = byName.keySet().stream().limit(NAMES_SHOWN).toList();
            throw new TableException("there is no column " + unknown + " to give a type to; there are "
                    + String.join(", ", names) + (names.size() < columns.size() ? ", …" : ""));
        });
    }
}
