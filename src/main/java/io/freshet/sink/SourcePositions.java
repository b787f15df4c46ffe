package io.freshet.sink;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;

/** The source positions of the records of a batch that are not the source's records themselves, one by one. Immutable. */
public final class SourcePositions {

    private final long end;
    private final long[] positions;
    private final @Nullable String[] ids;
    private final @Nullable String[] labels;
    private final @Nullable Headers[] headers;
    private final BitSet tombstones;
    private final byte[] @Nullable [] binaryKeys;

    /**
     * @param end the position after the source records that the batch covers
     * @param positions the position of the source record from which each record originates
     * @param ids the id of each record; null if its position identifies it
     * @param labels the label with the expected outcome for tests of a consumer; null for none
     * @param headers the headers of the message from which each record came; null if it came from none
     * @param tombstones the indices of the tombstones
     */
    public SourcePositions(long end, long[] positions, @Nullable String[] ids, @Nullable String[] labels,
            @Nullable Headers[] headers, BitSet tombstones) {
        this.binaryKeys = new byte[0][];
        this.headers = headers.clone();
        this.tombstones = (BitSet) tombstones.clone();
        this.end = end;
        this.positions = positions.clone();
        this.ids = ids.clone();
        this.labels = labels.clone();
    }

    private SourcePositions(SourcePositions of, byte[] @Nullable [] binaryKeys) {
        this.headers = of.headers;
        this.tombstones = of.tombstones;
        this.end = of.end;
        this.positions = of.positions;
        this.ids = of.ids;
        this.labels = of.labels;
        this.binaryKeys = binaryKeys;
    }

    /**
     * Returns the same positions of records whose messages had keys that are not text.
     *
     * @param keys the bytes of each key; null for records without such a key
     */
    public SourcePositions withBinaryKeys(byte[] @Nullable [] keys) {
        return new SourcePositions(this, keys.clone());
    }

    /** Returns the bytes of a key that is not text, or null if the record has no such key. */
    byte @Nullable [] binaryKey(int record) {
        return binaryKeys.length == 0 ? null : binaryKeys[record];
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

    @Nullable
    Headers headers(int record) {
        return headers[record];
    }

    BitSet tombstones() {
        return tombstones;
    }
}
