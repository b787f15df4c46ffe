package io.freshet.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/**
 * Where the pages of a column in a row group are, and between which limits their values lie, so that readers can skip pages. It
 * is written between the row groups and the footer.
 */
final class PageIndex {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final List<PageLocation> locations = new ArrayList<>();
    private final List<Boolean> empty = new ArrayList<>();
    private final List<ByteBuffer> min = new ArrayList<>();
    private final List<ByteBuffer> max = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private boolean unlimited;

    /**
     * Adds a page.
     *
     * @param onlyMissing whether all its values are missing
     */
    void add(long offset, int sizeBytes, int firstRow, Statistics limits, boolean onlyMissing) {
        locations.add(new PageLocation(offset, sizeBytes, firstRow));
        empty.add(onlyMissing);
        missing.add(limits.getNull_count());
        // long texts have no limits
        unlimited |= !onlyMissing && !limits.isSetMin_value();
        min.add(limits.isSetMin_value() ? ByteBuffer.wrap(limits.getMin_value()) : NOTHING);
        max.add(limits.isSetMax_value() ? ByteBuffer.wrap(limits.getMax_value()) : NOTHING);
    }

    /** Writes the limits of the pages, if all have some, and notes their position. */
    void writeLimits(ColumnChunk chunk, CountingOutput out) throws IOException {
        if (!unlimited && !locations.isEmpty()) {
            long start = out.count();
            Util.writeColumnIndex(new ColumnIndex(empty, min, max, BoundaryOrder.UNORDERED).setNull_counts(missing), out);
            chunk.setColumn_index_offset(start).setColumn_index_length((int) (out.count() - start));
        }
    }

    /** Writes where the pages are, and notes the position. */
    void writeLocations(ColumnChunk chunk, CountingOutput out) throws IOException {
        long start = out.count();
        Util.writeOffsetIndex(new OffsetIndex(locations), out);
        chunk.setOffset_index_offset(start).setOffset_index_length((int) (out.count() - start));
    }
}
