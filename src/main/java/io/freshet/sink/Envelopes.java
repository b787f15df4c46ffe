package io.freshet.sink;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;

/** What stands on the outside of each record of a batch: its key, a label and an id if it has them. Immutable. */
public final class Envelopes {

    /** No record has a key or a label. */
    public static final Envelopes NONE = new Envelopes(new byte[0][], new String[0], new String[0], null);

    private final byte[] @Nullable [] keys;
    private final @Nullable String[] labels;
    private final @Nullable String[] ids;
    private final @Nullable Origins origins;

    private Envelopes(byte[] @Nullable [] keys, @Nullable String[] labels, @Nullable String[] ids,
            @Nullable Origins origins) {
        this.keys = keys;
        this.labels = labels;
        this.ids = ids;
        this.origins = origins;
    }

    /**
     * @param encoder makes the keys; null for none, or for those that events have of their own
     */
    public static Envelopes of(RecordBatch batch, @Nullable KeyEncoder encoder) {
        WrittenEvents events = batch instanceof RecordBatch.Written written ? written.events() : null;
        if (encoder == null && batch instanceof RecordBatch.Rows) {
            return NONE;
        }
        byte[] @Nullable [] keys = new byte[batch.size()][];
        @Nullable
        String[] labels = new @Nullable String[events != null && events.hasLabels() ? keys.length : 0];
        @Nullable
        String[] ids = new @Nullable String[events != null && events.hasIds() ? keys.length : 0];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = encoder != null ? encoder.key(batch, i) : ownKey(batch, i);
            if (events != null && labels.length > 0) {
                labels[i] = events.label(i);
            }
            if (events != null && ids.length > 0) {
                ids[i] = events.id(i);
            }
        }
        return new Envelopes(keys, labels, ids, null);
    }

    /** Of one record that has at most a key. */
    static Envelopes ofKey(byte @Nullable [] key) {
        return key == null ? NONE : new Envelopes(new byte[][] { key }, new String[0], new String[0], null);
    }

    private static byte @Nullable [] ownKey(RecordBatch batch, int record) {
        if (batch instanceof RecordBatch.Events events) {
            String key = events.events().get(record).key();
            return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        }
        return batch instanceof RecordBatch.Written written ? written.events().key(record) : null;
    }

    /** The same of records that come from others. */
    public Envelopes from(Origins where) {
        return new Envelopes(keys, labels, ids, where);
    }

    /** The same of records that come from where those of others come from. */
    public Envelopes from(Envelopes others) {
        return new Envelopes(keys, labels, ids, others.origins);
    }

    /** Where the records come from; null if they are those of the source, one by one. */
    @Nullable
    Origins origins() {
        return origins;
    }

    /** The key of a record, not to be written to; null if it has none. */
    public byte @Nullable [] key(int record) {
        return keys.length == 0 ? null : keys[record];
    }

    /** What names a record in its stream; null for its position. */
    @Nullable
    String id(int record) {
        if (origins != null) {
            return origins.id(record);
        }
        return ids.length == 0 ? null : ids[record];
    }

    /** What somebody who checks a consumer wants to know about a record; null for nothing. */
    public @Nullable String label(int record) {
        if (origins != null) {
            return origins.label(record);
        }
        return labels.length == 0 ? null : labels[record];
    }
}
