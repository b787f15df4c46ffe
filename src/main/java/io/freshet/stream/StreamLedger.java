package io.freshet.stream;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;

/** Writes down where streams are, but of those that are not to come back after a restart. Thread-safe. */
final class StreamLedger {

    private static final Logger LOG = Logger.getLogger(StreamLedger.class);

    private final StreamStore store;
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    StreamLedger(StreamStore store) {
        this.store = store;
    }

    /** Says that a stream is not to come back. */
    void leaveOut(String name) {
        leftOut.add(name);
    }

    boolean leavesOut(String name) {
        return leftOut.contains(name);
    }

    void save(Stream stream) {
        save(stream, stream.state());
    }

    /** Where a stream is, as if it were in another state. A store that does not answer is a line of the log. */
    void save(Stream stream, StreamState state) {
        if (leavesOut(stream.name())) {
            return;
        }
        try {
            StageSnapshots snapshots = stream.snapshots();
            if (!snapshots.areNeeded()) {
                long position = stream.position();
                store.save(stream.name(), saved(stream, position, state, stream.bookmark(position)));
            } else {
                save(stream, state, snapshots);
            }
        } catch (UncheckedIOException e) {
            LOG.errorf("A position was not saved: stream=%s reason=%s", stream.name(), e.getMessage());
        }
    }

    /** A stream whose stages keep something goes on from where their state was taken. */
    private void save(Stream stream, StreamState state, StageSnapshots snapshots) {
        Optional<String> bookmark = snapshots.usable().flatMap(StageStates.State::bookmark);
        store.save(stream.name(), saved(stream, snapshots.safePosition(), state, bookmark));
        snapshots.want();
    }

    private static SavedStream saved(Stream stream, long position, StreamState state, Optional<String> bookmark) {
        return new SavedStream(stream.definition().json(), position, state.id(), bookmark.orElse(null));
    }

    void delete(String name) {
        leftOut.remove(name);
        store.delete(name);
    }
}
