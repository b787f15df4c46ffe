package io.freshet.source;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;

/** The events that a source has generated but not yet returned, and the position of the first one. */
public final class PendingEvents {

    private RecordBatch.Written batch = new RecordBatch.Written(JsonEventBuffer.create());
    private long position;

    /** Returns the buffer to which further events are appended. */
    public JsonEventBuffer events() {
        return batch.events();
    }

    public int size() {
        return batch.size();
    }

    public long position() {
        return position;
    }

    /** Discards the events; the next one has another position. */
    public void restart(long at) {
        batch.events().clear();
        position = at;
    }

    /**
     * Removes the first events, or fewer if there are not enough.
     *
     * @param reuse a batch that is no longer needed
     */
    public RecordBatch.Written take(int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written taken = batch;
        batch = reuse instanceof RecordBatch.Written used ? used : new RecordBatch.Written(JsonEventBuffer.create());
        batch.events().clear();
        for (int i = records; i < taken.size(); i++) {
            batch.events().copy(taken.events(), i, taken.events().label(i));
        }
        taken.events().shorten(records);
        position += taken.size();
        return taken;
    }
}
