package io.freshet.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way through the stages of a stream: a JSON object that stages change, with where it came from. Not
 * thread-safe.
 */
public final class StageRecord {

    private final long position;
    private final @Nullable String id;
    private final long time;
    private final Map<String, @Nullable Object> fields;
    private @Nullable String key;
    private @Nullable String label;
    private @Nullable List<String> sinks;

    private StageRecord(long position, @Nullable String id, long time, Map<String, @Nullable Object> fields) {
        this.position = position;
        this.id = id;
        this.time = time;
        this.fields = fields;
    }

    /**
     * A record of the source.
     *
     * @param position the index of it in its stream
     * @param time when it happened, milliseconds since 1970
     * @param fields the object, which stages may change; values are String, Boolean, a number, List, Map or null
     */
    public static StageRecord of(long position, long time, Map<String, @Nullable Object> fields) {
        return of(position, null, time, fields);
    }

    /**
     * The same.
     *
     * @param id names it among all records of the stream, however often it is read; null if its position does
     */
    public static StageRecord of(long position, @Nullable String id, long time, Map<String, @Nullable Object> fields) {
        return new StageRecord(position, id, time, fields);
    }

    /**
     * One that a stage makes of this, or because of it; it goes where this one goes.
     *
     * @param id names it among all records of the stream, however often it is made
     */
    public StageRecord derive(String id, long happened, Map<String, @Nullable Object> object) {
        StageRecord other = new StageRecord(position, id, happened, object);
        other.key = key;
        other.sinks = sinks;
        return other;
    }

    /** One that a stage makes of this one among others, the first of which is 1. */
    public StageRecord part(int number) {
        StageRecord other = new StageRecord(position, name() + "." + number, time, new LinkedHashMap<>());
        other.key = key;
        other.label = label;
        other.sinks = sinks;
        return other;
    }

    /** The index in its stream of the record of the source that it comes from. */
    public long position() {
        return position;
    }

    /** Names it where the position does not; null if it does. */
    public @Nullable String id() {
        return id;
    }

    /** What names it in its stream. */
    public String name() {
        return id == null ? Long.toString(position) : id;
    }

    /** When it happened, milliseconds since 1970. */
    public long time() {
        return time;
    }

    /** The object; live. */
    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    /** What it belongs to; null if nothing says so. */
    public @Nullable String key() {
        return key;
    }

    public void setKey(@Nullable String key) {
        this.key = key;
    }

    /** What somebody who checks a consumer wants to know about it; null for nothing. */
    public @Nullable String label() {
        return label;
    }

    public void setLabel(@Nullable String label) {
        this.label = label;
    }

    /** The names of the sinks it goes to; null for those that nothing is routed to. */
    public @Nullable List<String> sinks() {
        return sinks;
    }

    public void route(List<String> to) {
        sinks = List.copyOf(to);
    }
}
