package io.freshet.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EventRows;
import io.freshet.codec.RecordBatch;
import io.freshet.event.Event;
import io.freshet.sink.Origins;
import io.freshet.stage.StageRecord;

/**
 * Records as they come out of the stages, on their way to the sinks.
 *
 * @param reserved the sinks that get only what is routed to them
 */
record StagedRecords(List<StageRecord> records, Set<String> reserved) {

    int size() {
        return records.size();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Those that go to a sink. */
    StagedRecords of(String sink) {
        boolean open = !reserved.contains(sink);
        if (open && records.stream().allMatch(record -> record.sinks() == null)) {
            return this;
        }
        return new StagedRecords(records.stream().filter(record -> goesTo(record, sink, open)).toList(), reserved);
    }

    private static boolean goesTo(StageRecord record, String sink, boolean open) {
        List<String> routed = record.sinks();
        return routed == null ? open : routed.contains(sink);
    }

    /** Those that are as a sink wants them that wants columns; the others are noted. */
    StagedRecords fitting(SinkRun sink, List<Slice.Unfit> unfit) {
        EventRows rows = new EventRows(Objects.requireNonNull(sink.sink().columns()));
        List<StageRecord> fitting = new ArrayList<>(records.size());
        for (StageRecord record : records) {
            String reason = rows.unfit(record.fields());
            if (reason == null) {
                fitting.add(record);
            } else {
                unfit.add(new Slice.Unfit(sink.name(), record, reason));
            }
        }
        sink.refused(records.size() - fitting.size());
        return new StagedRecords(fitting, reserved);
    }

    StagedRecords part(int from, int to) {
        return new StagedRecords(records.subList(from, to), reserved);
    }

    @SuppressWarnings("NullAway") // values of fields may be null
    RecordBatch.Events batch() {
        return new RecordBatch.Events(records.stream()
                .map(record -> new Event(Instant.ofEpochMilli(record.time()), record.key(), record.fields())).toList());
    }

    /**
     * @param end the position behind them
     */
    Origins origins(long end) {
        long[] positions = new long[size()];
        @Nullable
        String[] ids = new @Nullable String[size()];
        @Nullable
        String[] labels = new @Nullable String[size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = records.get(i).position();
            ids[i] = records.get(i).id();
            labels[i] = records.get(i).label();
        }
        return new Origins(end, positions, ids, labels);
    }
}
