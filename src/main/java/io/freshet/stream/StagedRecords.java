package io.freshet.stream;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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

    StagedRecords part(int from, int to) {
        return new StagedRecords(records.subList(from, to), reserved);
    }

    @SuppressWarnings("NullAway") // values of fields may be null
    RecordBatch batch() {
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
