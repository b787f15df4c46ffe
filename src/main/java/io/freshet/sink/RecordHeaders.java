package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.Headers;
import io.freshet.event.JsonEventBuffer;
import io.freshet.event.Times;

/**
 * The metadata of each record of a batch: its key, its time, the headers of the message it came from, and its label and id if
 * it has them. Immutable.
 */
public final class RecordHeaders {

    private static final long NO_TIME = Long.MIN_VALUE;

    /** Records without metadata. */
    public static final RecordHeaders NONE = new RecordHeaders(0);

    private final byte[] @Nullable [] keys;
    private final @Nullable String[] labels;
    private final @Nullable String[] ids;
    private final @Nullable Headers[] headers;
    private final BitSet tombstones;
    /** When the events happened, or when the messages they came from were written. */
    private final long[] eventTimes;
    private final long[] timestamps;
    private final @Nullable String[] types;
    private final long[] typedTimes;
    private final boolean complete;
    private final @Nullable SourcePositions sourcePositions;

    private RecordHeaders(int size) {
        this(new byte[size][], new @Nullable Headers[0], new long[0], false);
    }

    private RecordHeaders(byte[] @Nullable [] keys, @Nullable Headers[] headers, long[] timestamps, boolean complete) {
        this.keys = keys;
        this.headers = headers;
        this.timestamps = timestamps;
        this.complete = complete;
        labels = new @Nullable String[0];
        ids = new @Nullable String[0];
        tombstones = new BitSet();
        eventTimes = new long[0];
        types = new @Nullable String[0];
        typedTimes = new long[0];
        sourcePositions = null;
    }

    private RecordHeaders(RecordHeaders of, @Nullable SourcePositions sourcePositions) {
        this.keys = of.keys;
        this.labels = of.labels;
        this.ids = of.ids;
        this.headers = of.headers;
        this.tombstones = of.tombstones;
        this.eventTimes = of.eventTimes;
        this.timestamps = of.timestamps;
        this.types = of.types;
        this.typedTimes = of.typedTimes;
        this.complete = of.complete;
        this.sourcePositions = sourcePositions;
    }

    private RecordHeaders(RecordBatch batch, RecordHeaderFields fields) {
        JsonEventBuffer events = batch instanceof RecordBatch.Written written ? written.events() : null;
        int size = batch.size();
        keys = new byte[size][];
        labels = new @Nullable String[events != null && events.hasLabels() ? size : 0];
        ids = new @Nullable String[events != null && events.hasIds() ? size : 0];
        headers = new @Nullable Headers[events != null && events.hasHeaders() ? size : 0];
        tombstones = new BitSet();
        eventTimes = eventTimes(batch);
        for (int i = 0; i < size; i++) {
            boolean tombstone = events != null && events.isTombstone(i);
            tombstones.set(i, tombstone);
            keys[i] = fields.key() != null && !tombstone ? fields.key().key(batch, i) : ownKey(batch, i);
            if (events != null && labels.length > 0) {
                labels[i] = events.label(i);
            }
            if (events != null && ids.length > 0) {
                ids[i] = events.id(i);
            }
            if (events != null && headers.length > 0) {
                headers[i] = events.headers(i);
            }
        }
        timestamps = times(batch, fields.timestamp());
        types = texts(batch, fields.type());
        typedTimes = times(batch, fields.time());
        complete = false;
        sourcePositions = null;
    }

    /** Returns the metadata of records from the source, or of records that stages have made of them. */
    public static RecordHeaders of(RecordBatch batch, RecordHeaderFields fields) {
        return fields.areNone() && batch instanceof RecordBatch.Rows ? NONE : new RecordHeaders(batch, fields);
    }

    /**
     * Returns the metadata of a dead letter.
     *
     * @param complete whether the headers are all headers of its message; otherwise they are those of the message it came from
     */
    static RecordHeaders ofLetter(DeadLetter.Content content, boolean complete) {
        Headers own = complete || !content.headers().isEmpty() || content.timestamp().isPresent() ? content.headers() : null;
        byte[] key = content.key();
        return key == null && own == null ? NONE
                : new RecordHeaders(new byte[][] { key }, new @Nullable Headers[] { own },
                        new long[] { content.timestamp().orElse(NO_TIME) }, complete);
    }

    private static long[] eventTimes(RecordBatch batch) {
        long[] times = new long[batch instanceof RecordBatch.Rows ? 0 : batch.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = batch instanceof RecordBatch.Written written ? written.events().time(i)
                    : ((RecordBatch.Events) batch).events().get(i).time().toEpochMilli();
        }
        return times;
    }

    private static @Nullable String[] texts(RecordBatch batch, @Nullable KeyEncoder field) {
        @Nullable
        String[] texts = new @Nullable String[field == null ? 0 : batch.size()];
        for (int i = 0; i < texts.length && field != null; i++) {
            byte[] text = field.field(batch, i);
            texts[i] = text == null ? null : new String(text, StandardCharsets.UTF_8);
        }
        return texts;
    }

    /** Parses times. Numbers are milliseconds since 1970. */
    private static long[] times(RecordBatch batch, @Nullable KeyEncoder field) {
        return Arrays.stream(texts(batch, field)).mapToLong(text -> text == null ? NO_TIME : time(text)).toArray();
    }

    private static long time(String text) {
        OptionalLong millis = Times.millis(text);
        if (millis.isPresent()) {
            return millis.getAsLong();
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return NO_TIME;
        }
    }

    private static byte @Nullable [] ownKey(RecordBatch batch, int record) {
        if (batch instanceof RecordBatch.Events events) {
            String key = events.events().get(record).key();
            return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        }
        return batch instanceof RecordBatch.Written written ? written.events().key(record) : null;
    }

    /** Returns the same metadata for records with other source positions. */
    public RecordHeaders from(SourcePositions where) {
        return new RecordHeaders(this, where);
    }

    /** Returns the same metadata with the source positions of others. */
    public RecordHeaders from(RecordHeaders others) {
        return new RecordHeaders(this, others.sourcePositions);
    }

    /** Returns the source positions, or null if the records are those of the source, one by one. */
    public @Nullable SourcePositions sourcePositions() {
        return sourcePositions;
    }

    /** Returns the key of a record, or null if it has none. The caller must not change it. */
    public byte @Nullable [] key(int record) {
        byte[] key = keys.length == 0 ? null : keys[record];
        byte[] binary = sourcePositions == null ? null : sourcePositions.binaryKey(record);
        // unless the sink takes the key from a field
        return binary != null && Arrays.equals(key, text(binary)) ? binary : key;
    }

    private static byte[] text(byte[] binary) {
        return new String(binary, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the id of a record, or null if its position identifies it. */
    public @Nullable String id(int record) {
        if (sourcePositions != null) {
            return sourcePositions.id(record);
        }
        return ids.length == 0 ? null : ids[record];
    }

    /** Returns the label with the expected outcome for tests of a consumer, or null if a record has none. */
    public @Nullable String label(int record) {
        if (sourcePositions != null) {
            return sourcePositions.label(record);
        }
        return labels.length == 0 ? null : labels[record];
    }

    /** Returns the headers of the message from which a record came, or null if it came from none. */
    public @Nullable Headers headers(int record) {
        if (sourcePositions != null) {
            return sourcePositions.headers(record);
        }
        return headers.length == 0 ? null : headers[record];
    }

    /** Returns whether the headers are all headers of the message, because a dead letter is sent again unchanged. */
    public boolean areHeadersComplete() {
        return complete;
    }

    /** Returns whether a record is a tombstone. */
    public boolean isTombstone(int record) {
        return tombstones().get(record);
    }

    /** Returns the indices of the tombstones. The caller must not change the set. */
    public BitSet tombstones() {
        return sourcePositions == null ? tombstones : sourcePositions.tombstones();
    }

    /**
     * Returns the timestamp of a record in milliseconds since 1970: that of the sink's timestamp field, otherwise that of the
     * message it came from; empty if neither is known.
     */
    public OptionalLong timestamp(int record) {
        if (timestamps.length > 0 && timestamps[record] >= 0) {
            return OptionalLong.of(timestamps[record]);
        }
        return headers(record) == null || eventTimes.length == 0 || eventTimes[record] < 0 ? OptionalLong.empty()
                : OptionalLong.of(eventTimes[record]);
    }

    /** Returns the timestamps alone of some of the records. */
    RecordHeaders timestampsOf(int from, int to) {
        long[] times = IntStream.range(from, to).mapToLong(record -> timestamp(record).orElse(NO_TIME)).toArray();
        return new RecordHeaders(new byte[times.length][], new @Nullable Headers[0], times, false);
    }

    /** Returns the type of a record as a CloudEvent, or null if the record does not contain one. */
    public @Nullable String type(int record) {
        return types.length == 0 ? null : types[record];
    }

    /** Returns the time of the record's event, or null if it is not known. */
    public @Nullable Instant eventTime(int record) {
        if (typedTimes.length > 0 && typedTimes[record] != NO_TIME) {
            return Instant.ofEpochMilli(typedTimes[record]);
        }
        return eventTimes.length == 0 || eventTimes[record] == 0 ? null : Instant.ofEpochMilli(eventTimes[record]);
    }
}
