package io.freshet.stream.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EventRowMapper;
import io.freshet.codec.RecordBatch;
import io.freshet.event.Event;
import io.freshet.event.Headers;
import io.freshet.sink.SourcePositions;
import io.freshet.stage.StageRecord;
import io.freshet.stream.delivery.SinkTask;

/**
 * The output of the stages, on its way to the sinks.
 *
 * @param reserved the sinks that receive only what is routed to them
 */
public record StagedRecords(List<StageRecord> records, Set<String> reserved) {

    int size() {
        return records.size();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Returns the records that go to a sink. */
    public StagedRecords of(String sink) {
        boolean open = !reserved.contains(sink);
        if (open && records.stream().allMatch(record -> record.sinks() == null || record.isTombstone())) {
            return this;
        }
        return new StagedRecords(records.stream().filter(record -> goesTo(record, sink, open)).toList(), reserved);
    }

    private static boolean goesTo(StageRecord record, String sink, boolean open) {
        if (record.isTombstone()) {
            // the record it deletes may have gone to any sink
            return true;
        }
        List<String> routed = record.sinks();
        return routed == null ? open : routed.contains(sink);
    }

    /** Returns the records that match the schema of a sink, and notes the others. */
    StagedRecords fitting(SinkTask sink, List<InFlightBatch.Unfit> unfit) {
        EventRowMapper rows = new EventRowMapper(Objects.requireNonNull(sink.sink().columns()));
        List<StageRecord> fitting = new ArrayList<>(records.size());
        for (StageRecord record : records) {
            String reason = record.isTombstone() ? null : rows.unfit(record.fields());
            if (reason == null) {
                fitting.add(record);
            } else {
                unfit.add(new InFlightBatch.Unfit(sink.name(), record, reason));
            }
        }
        sink.refused(records.size() - fitting.size());
        return new StagedRecords(fitting, reserved);
    }

    StagedRecords part(int from, int to) {
        return new StagedRecords(records.subList(from, to), reserved);
    }

    @SuppressWarnings("NullAway")
    public // field values may be null
    RecordBatch.Events batch() {
        return new RecordBatch.Events(records.stream()
                .map(record -> new Event(Instant.ofEpochMilli(record.time()), record.key(), record.fields())).toList());
    }

    /** @param end the position after the records */
    public SourcePositions origins(long end) {
        long[] positions = new long[size()];
        @Nullable
        String[] ids = new @Nullable String[size()];
        @Nullable
        String[] labels = new @Nullable String[size()];
        @Nullable
        Headers[] headers = new @Nullable Headers[size()];
        byte[][] keys = new byte[size()][];
        BitSet tombstones = new BitSet();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = records.get(i).position();
            ids[i] = records.get(i).id();
            labels[i] = records.get(i).label();
            headers[i] = records.get(i).headers();
            keys[i] = records.get(i).binaryKey();
            tombstones.set(i, records.get(i).isTombstone());
        }
        return new SourcePositions(end, positions, ids, labels, headers, tombstones).withBinaryKeys(keys);
    }
}
