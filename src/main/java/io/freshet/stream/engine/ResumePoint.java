package io.freshet.stream.engine;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.store.StreamStore.SavedStream;

/**
 * Where and in which state a stream starts.
 *
 * @param restored whether the stream existed before the process started; if it is pinned, it keeps its version of the model
 * @param bookmark what the source recorded for the position at which the stream resumes
 * @param run identifies the stream from its creation to its deletion; empty if an earlier version created it
 * @param snapshot whether position and bookmark come from a snapshot of the stages, so that no other record of the position
 *        applies
 * @param error why the stream ended before; null if nothing went wrong
 */
public record ResumePoint(long position, StreamState state, boolean restored, Optional<String> bookmark, String run,
        boolean snapshot, @Nullable String error) {

    /** Creates the starting point of a stream without stages that keep state. */
    public ResumePoint(long position, StreamState state, boolean restored, Optional<String> bookmark) {
        this(position, state, restored, bookmark, "", false, null);
    }

    /**
     * Returns where a saved stream resumes.
     *
     * @throws IllegalArgumentException if its state is unknown
     */
    public static ResumePoint of(SavedStream saved) {
        StreamState state = StreamState.find(saved.state())
                .orElseThrow(() -> new IllegalArgumentException("unknown state: " + saved.state()));
        // older versions saved a state that a failing sink could cause
        return new ResumePoint(saved.position(), state == StreamState.FAILING ? StreamState.RUNNING : state, true,
                Optional.ofNullable(saved.bookmark()), saved.run(), false, saved.error());
    }

    public static final ResumePoint NEW = new ResumePoint(0, StreamState.RUNNING, false, Optional.empty());

    /** Returns where a new stream starts. */
    public static ResumePoint of(String run) {
        return new ResumePoint(0, StreamState.RUNNING, false, Optional.empty(), run, false, null);
    }
}
