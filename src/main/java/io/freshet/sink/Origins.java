package io.freshet.sink;

import org.jspecify.annotations.Nullable;

/**
 * Which records of the source the records of a batch come from, when they are not these records themselves, one by one.
 * Immutable.
 */
public final class Origins {

    private final long end;
    private final long[] positions;
    private final @Nullable String[] ids;
    private final @Nullable String[] labels;

    /**
     * @param end the position behind the records of the source that the batch stands for
     * @param positions for each record, the index in the stream of the one it comes from
     * @param ids what names a record where the position does not; null where it does
     * @param labels what somebody who checks a consumer wants to know; null for nothing
     */
    public Origins(long end, long[] positions, @Nullable String[] ids, @Nullable String[] labels) {
        this.end = end;
        this.positions = positions.clone();
        this.ids = ids.clone();
        this.labels = labels.clone();
    }

    long end() {
        return end;
    }

    long position(int record) {
        return positions[record];
    }

    String id(int record) {
        String id = ids[record];
        return id == null ? Long.toString(positions[record]) : id;
    }

    @Nullable
    String label(int record) {
        return labels[record];
    }
}
