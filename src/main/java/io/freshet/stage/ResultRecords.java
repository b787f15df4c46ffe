package io.freshet.stage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Has results of windows become records, and keeps the last ones for those who ask, which any thread may. */
final class ResultRecords {

    private static final double SECOND = 1000;

    private final WindowSettings settings;
    private final boolean timed;
    private final WindowResults last = new WindowResults();
    private long made;

    /**
     * @param timed whether windows begin and end at moments
     */
    ResultRecords(WindowSettings settings, boolean timed) {
        this.settings = settings;
        this.timed = timed;
    }

    /** Where results go to sinks of their own, the record itself goes on. */
    void passOn(StageRecord record, StageOutput out) {
        if (settings.results() != null) {
            out.emit(record);
        }
    }

    /**
     * @param position of the record because of which there is a result
     * @param happened the time of the new record, milliseconds since 1970
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

    List<WindowResult> last(@Nullable String key, int most) {
        return last.last(key, most);
    }
}
