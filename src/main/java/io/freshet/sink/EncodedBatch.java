package io.freshet.sink;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.table.Schema;

/**
 * A batch in the encoding of a sink.
 *
 * @param position the position of the first source record that the batch covers
 * @param records the encoded records, metadata included; live, and recycled when the batch is completed
 * @param schema the columns of the records; null if the records differ
 * @param metadata the metadata; null if it is disabled
 */
public record EncodedBatch(String stream, long position, EncodedRecords records, RecordHeaders headers,
        @Nullable Schema schema, @Nullable BatchMetadata metadata) {

    public int size() {
        return records.size();
    }

    /** Returns the position of the source record from which a record originates. */
    public long position(int record) {
        SourcePositions sourcePositions = headers.sourcePositions();
        return sourcePositions == null ? position + record : sourcePositions.position(record);
    }

    /** Returns the text that identifies a record in its stream and stays the same when the record is made again. */
    public String id(int record) {
        String id = headers.id(record);
        return id == null ? Long.toString(position + record) : id;
    }

    /** Returns the time of the message that a record came from, in milliseconds since 1970; empty if it came from none. */
    public OptionalLong timestamp(int record) {
        return headers.timestamp(record);
    }

    /** Returns the batch split at its tombstones, for sinks that only accept records; the batch itself if it has none. */
    public List<EncodedBatch> withoutTombstones() {
        BitSet tombstones = headers.tombstones();
        if (tombstones.isEmpty()) {
            return List.of(this);
        }
        List<EncodedBatch> parts = new ArrayList<>();
        for (int from = tombstones.nextClearBit(0); from < size();) {
            int next = tombstones.nextSetBit(from);
            int to = next < 0 ? size() : next;
            parts.add(part(from, to));
            from = tombstones.nextClearBit(to);
        }
        return parts;
    }

    private EncodedBatch part(int from, int to) {
        EncodedRecords some = EncodedRecords.create(1);
        for (int record = from; record < to; record++) {
            int length = records.length(record);
            byte[] into = some.reserve(0, length);
            System.arraycopy(records.bytes(), records.start(record), into, some.used(), length);
            some.append(length);
        }
        return new EncodedBatch(stream, position(from), some, headers.timestampsOf(from, to), schema, metadata);
    }

    /** Returns the stream position after the batch. */
    public long end() {
        SourcePositions sourcePositions = headers.sourcePositions();
        return sourcePositions == null ? position + size() : sourcePositions.end();
    }
}
