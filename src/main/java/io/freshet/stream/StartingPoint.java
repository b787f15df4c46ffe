package io.freshet.stream;

import java.util.Optional;

/**
 * Where a stream begins.
 *
 * @param restored whether it was there when the process ended: if it is pinned, it stays on the version it had
 * @param bookmark what the source said of the position where the stream is taken up again
 * @param snapshot whether all of it belongs to what the stages kept, so that nothing else says where the source goes on
 */
record StartingPoint(long position, StreamState state, boolean restored, Optional<String> bookmark, boolean snapshot) {

    /** Without stages that keep anything. */
    StartingPoint(long position, StreamState state, boolean restored, Optional<String> bookmark) {
        this(position, state, restored, bookmark, false);
    }

    static final StartingPoint NEW = new StartingPoint(0, StreamState.RUNNING, false, Optional.empty());
}
