package io.freshet.stage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Turns the results of windows into records and keeps the latest ones, which any thread may read. */
final class ResultRecords {

    private static final double SECOND = 1000;

    private final WindowSettings settings;
    private final boolean timed;
    private final WindowResults last = new WindowResults();
    private long made;

    /** @param timed whether windows start and end at times rather than at numbers of records */
    ResultRecords(WindowSettings settings, boolean timed) {
        this.settings = settings;
        this.timed = timed;
    }

    /** Passes on the record itself if results go to their own sinks. */
    void passOn(StageRecord record, StageOutput out) {
        if (settings.results() != null) {
            out.emit(record);
        }
    }

    /**
     * Emits a result.
     *
     * @param position the position of the record that triggered the result
     * @param happened the time of the new record, in milliseconds since 1970
     */
    void emit(WindowResult result, long position, long happened, StageOutput out) {
        made++;
        last.add(result);
        String id = result.window() + "/" + result.key() + "/" + result.start() + "/" + result.revision();
        StageRecord record = StageRecord.of(position, happened, Map.of()).derive(id, happened, fields(result));
        record.setKey(result.key().isEmpty() ? null : result.key());
        List<String> sinks = settings.results();
        if (sinks == null) {
            out.emit(record);
        } else {
            out.divert(record, sinks);
        }
    }

    private Map<String, @Nullable Object> fields(WindowResult result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("window", result.window());
        fields.put("key", result.key());
        fields.put("window_start", timed ? Instant.ofEpochMilli(result.start()).toString() : (Object) result.start());
        fields.put("window_end", timed ? Instant.ofEpochMilli(result.end()).toString() : (Object) result.end());
        fields.put("revision", (long) result.revision());
        fields.put("count", result.count());
        if (timed) {
            fields.put("rate", result.count() * SECOND / (result.end() - result.start()));
        }
        fields.putAll(FieldCopies.of(result.measures()));
        return fields;
    }

    long made() {
        return made;
    }

    List<WindowResult> last(@Nullable String key, int max) {
        return last.last(key, max);
    }
}
