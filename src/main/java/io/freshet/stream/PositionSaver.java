package io.freshet.stream;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.engine.StateSnapshots;
import io.freshet.stream.engine.Stream;

/**
 * Saves the positions and states of the streams that this process owns; streams that it does not know are not saved.
 * Thread-safe. Saves of one stream are serialised, so the last one to complete is the most recent.
 */
final class PositionSaver {

    private static final Logger LOG = Logger.getLogger(PositionSaver.class);

    /** The stored entry of a stream; its fields are guarded by its lock. */
    private static final class Entry {
        private final long epoch;
        /** What is stored, so that an unchanged stream is not written again. */
        private @Nullable SavedStream written;
        private boolean released;

        Entry(long epoch) {
            this.epoch = epoch;
        }
    }

    private final StreamStore store;
    private final Map<Stream, Entry> entries = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();

    PositionSaver(StreamStore store) {
        this.store = store;
    }

    /** Starts to save a stream, under the epoch with which it was claimed. */
    void own(Stream stream, long epoch) {
        entries.put(stream, new Entry(epoch));
    }

    boolean owns(Stream stream) {
        return entries.containsKey(stream);
    }

    /** Stops saving a stream; when this method returns, no write of it is in progress. */
    void release(Stream stream) {
        Entry entry = entries.remove(stream);
        if (entry != null) {
            synchronized (entry) {
                entry.released = true;
            }
        }
    }

    /** Returns the epoch of a stream that this process owns. */
    long epoch(Stream stream) {
        Entry entry = entries.get(stream);
        return entry == null ? StreamStore.NO_EPOCH : entry.epoch;
    }

    /**
     * Saves the position of a stream. A store that does not answer is logged once, and reported in the health of the stream.
     *
     * @return false if another process owns the stream now, or it was deleted; it must no longer run here
     */
    boolean save(Stream stream) {
        Entry entry = entries.get(stream);
        if (entry == null) {
            return true;
        }
        synchronized (entry) {
            return entry.released || save(stream, entry);
        }
    }

    private boolean save(Stream stream, Entry entry) {
        StateSnapshots snapshots = stream.snapshots();
        SavedStream saved = snapshot(stream, snapshots);
        try {
            if (!saved.equals(entry.written)) {
                if (!store.save(stream.name(), entry.epoch, saved)) {
                    return false;
                }
                entry.written = saved;
            }
            snapshots.request();
            if (stream.saved()) {
                LOG.infof("Positions are saved again: stream=%s", stream.name());
            }
        } catch (UncheckedIOException e) {
            failures.increment();
            if (stream.notSaved()) {
                LOG.errorf("Position could not be saved: stream=%s reason=%s", stream.name(), e.getMessage());
            }
        }
        return true;
    }

    /**
     * Returns what to save. A stream whose stages keep state resumes at the position of that state. The state is read first,
     * because a later position of the stream is valid with it.
     */
    private static SavedStream snapshot(Stream stream, StateSnapshots snapshots) {
        String state = stream.lastingState().id();
        String error = stream.error();
        long position = snapshots.isNeeded() ? snapshots.safePosition() : stream.position();
        Optional<String> bookmark = snapshots.isNeeded() ? snapshots.usable().flatMap(StageStates.State::bookmark)
                : stream.bookmark(position);
        return new SavedStream(stream.definition().json(), position, state, bookmark.orElse(null),
                stream.runId(), error);
    }

    /** Returns how often a save failed because the store did not answer or was full. */
    long failures() {
        return failures.sum();
    }
}
