package io.freshet.stage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;

/**
 * A record on its way through the stages of a stream: a JSON object that stages may change, with its origin. Not thread-safe.
 */
public final class StageRecord {

    private final long position;
    private final @Nullable String id;
    private final long time;
    private final Map<String, @Nullable Object> fields;
    private @Nullable String key;
    /** Null if the text of the key is all of it. */
    private byte @Nullable [] binaryKey;
    private @Nullable String label;
    private @Nullable List<String> sinks;
    private @Nullable Headers headers;
    private boolean tombstone;
    private int partition = -1;

    private StageRecord(long position, @Nullable String id, long time, Map<String, @Nullable Object> fields) {
        this.position = position;
        this.id = id;
        this.time = time;
        this.fields = fields;
    }

    /**
     * Creates a record of the source.
     *
     * @param position its index in the stream
     * @param time when it happened, in milliseconds since 1970
     * @param fields the object, which stages may change; values are String, Boolean, a number, List, Map or null
     */
    public static StageRecord of(long position, long time, Map<String, @Nullable Object> fields) {
        return of(position, null, time, fields);
    }

    /**
     * Creates a record of the source with an id.
     *
     * @param id identifies it among all records of the stream and stays the same when it is read again; null if the position
     *        identifies it
     */
    public static StageRecord of(long position, @Nullable String id, long time, Map<String, @Nullable Object> fields) {
        return new StageRecord(position, id, time, fields);
    }

    /**
     * Creates a tombstone: a message that deletes the value of its key. Stages pass it on unchanged.
     *
     * @param id as in {@link #of(long, String, long, Map)}
     */
    public static StageRecord tombstone(long position, @Nullable String id, long time) {
        StageRecord record = new StageRecord(position, id, time, new LinkedHashMap<>());
        record.tombstone = true;
        return record;
    }

    /**
     * Creates a record that a stage derives from this one or because of it. It goes to the same sinks.
     *
     * @param id identifies it among all records of the stream and stays the same when it is derived again
     */
    public StageRecord derive(String id, long happened, Map<String, @Nullable Object> object) {
        StageRecord other = new StageRecord(position, id, happened, object);
        other.key = key;
        other.binaryKey = binaryKey;
        other.sinks = sinks;
        other.partition = partition;
        return other;
    }

    /**
     * Creates one of several records into which a stage splits this one.
     *
     * @param number the number of the part, starting at 1
     */
    public StageRecord part(int number) {
        StageRecord other = new StageRecord(position, name() + "." + number, time, new LinkedHashMap<>());
        other.key = key;
        other.binaryKey = binaryKey;
        other.label = label;
        other.headers = headers;
        other.sinks = sinks;
        other.partition = partition;
        return other;
    }

    /** Makes this record a tombstone, as it was before its state was saved. */
    void setTombstone(boolean tombstone) {
        this.tombstone = tombstone;
    }

    public boolean isTombstone() {
        return tombstone;
    }

    /** Returns the headers of the message from which the record originates, or null if there is no such message. */
    public @Nullable Headers headers() {
        return headers;
    }

    public void setHeaders(@Nullable Headers headers) {
        this.headers = headers;
    }

    /** Returns the index in the stream of the source record from which this record originates. */
    public long position() {
        return position;
    }

    /** Returns the id, or null if the position identifies the record. */
    public @Nullable String id() {
        return id;
    }

    /** Returns the text that identifies the record in its stream. */
    public String name() {
        return id == null ? Long.toString(position) : id;
    }

    /** Returns when the record happened, in milliseconds since 1970. */
    public long time() {
        return time;
    }

    /** Returns the live object, not a copy. */
    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    /** Returns the record's key, or null if it has none. */
    public @Nullable String key() {
        return key;
    }

    public void setKey(@Nullable String key) {
        this.key = key;
        this.binaryKey = null;
    }

    /** Sets the bytes of a message's key, which stay as they are unless a stage sets another key. */
    public void setKey(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        key = text;
        binaryKey = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? null : bytes.clone();
    }

    /** Returns the bytes of a key that is not text; null if there is no such key. */
    public byte @Nullable [] binaryKey() {
        return binaryKey == null ? null : binaryKey.clone();
    }

    /** Returns the label with the expected outcome for tests of a consumer, or null if it has none. */
    public @Nullable String label() {
        return label;
    }

    public void setLabel(@Nullable String label) {
        this.label = label;
    }

    /** Returns the partition of the source, or -1 if the source has none or a window has merged them. */
    public int partition() {
        return partition;
    }

    public void setPartition(int partition) {
        this.partition = partition;
    }

    /** Returns the names of the record's sinks, or null for the sinks to which no route refers. */
    public @Nullable List<String> sinks() {
        return sinks;
    }

    public void route(List<String> to) {
        sinks = List.copyOf(to);
    }
}
