package io.freshet.source;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;

/** Events that a source has made and nobody has taken yet, and the position of the first of them. */
final class PendingEvents {

    private RecordBatch.Written batch = new RecordBatch.Written(WrittenEvents.create());
    private long position;

    /** Where more of them are appended. */
    WrittenEvents events() {
        return batch.events();
    }

    int size() {
        return batch.size();
    }

    long position() {
        return position;
    }

    /** Forgets them; the next one is at another position. */
    void restart(long at) {
        batch.events().clear();
        position = at;
    }

    /**
     * Takes the first of them out; fewer if there are not so many.
     *
     * @param reuse a batch that is no longer needed
     */
    RecordBatch.Written take(int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written taken = batch;
        batch = reuse instanceof RecordBatch.Written used ? used : new RecordBatch.Written(WrittenEvents.create());
        batch.events().clear();
        for (int i = records; i < taken.size(); i++) {
            batch.events().copy(taken.events(), i, taken.events().label(i));
        }
        taken.events().shorten(records);
        position += taken.size();
        return taken;
    }
}
