package io.freshet.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;

/**
 * The fields of records from which a sink takes message keys, timestamps and CloudEvents attributes.
 *
 * @param key the field with the key of the message; null for the event's own key
 * @param timestamp the field with the timestamp of the message or document; null for that of the message the record came from
 * @param type the field with the type of a CloudEvent; null for none
 * @param time the field with the time of a CloudEvent; null for that of the event
 */
public record RecordHeaderFields(@Nullable KeyEncoder key, @Nullable KeyEncoder timestamp, @Nullable KeyEncoder type,
        @Nullable KeyEncoder time) {

    /** No fields. */
    public static final RecordHeaderFields NONE = new RecordHeaderFields(null, null, null, null);

    /** Returns the fields of a sink that uses at most a timestamp. */
    public static RecordHeaderFields ofTimestamp(@Nullable String field) {
        return field == null ? NONE : new RecordHeaderFields(null, new KeyEncoder(field), null, null);
    }

    boolean areNone() {
        return equals(NONE);
    }
}
