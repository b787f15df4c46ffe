package io.freshet.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;

/** What stands on the outside of each record of a batch: its key, and a label if it has one. Immutable. */
public final class Envelopes {

    /** No record has a key or a label. */
    public static final Envelopes NONE = new Envelopes(new byte[0][], new String[0]);

    private final byte[] @Nullable [] keys;
    private final @Nullable String[] labels;

    private Envelopes(byte[] @Nullable [] keys, @Nullable String[] labels) {
        this.keys = keys;
        this.labels = labels;
    }

    /**
     * @param encoder makes the keys; null for none, or for those that events have of their own
     */
    public static Envelopes of(RecordBatch batch, @Nullable KeyEncoder encoder) {
        WrittenEvents events = batch instanceof RecordBatch.Written written ? written.events() : null;
        if (encoder == null && events == null) {
            return NONE;
        }
        byte[] @Nullable [] keys = new byte[batch.size()][];
        @Nullable
        String[] labels = new @Nullable String[events == null ? 0 : keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = encoder != null ? encoder.key(batch, i) : events == null ? null : events.key(i);
            if (events != null) {
                labels[i] = events.label(i);
            }
        }
        return new Envelopes(keys, labels);
    }

    /** The key of a record, not to be written to; null if it has none. */
    public byte @Nullable [] key(int record) {
        return keys.length == 0 ? null : keys[record];
    }

    /** What somebody who checks a consumer wants to know about a record; null for nothing. */
    public @Nullable String label(int record) {
        return labels.length == 0 ? null : labels[record];
    }
}
