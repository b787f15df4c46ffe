package io.freshet.stream.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.freshet.stream.FailedStream;

/** What a stream is doing. */
public enum StreamState {

    /** Records are emitted. */
    RUNNING,
    /** A request paused the stream; it can be resumed. */
    PAUSED,
    /** A sink does not accept records, or the source cannot be read. The stream keeps retrying and loses nothing. */
    FAILING,
    /** The stream has reached its limit. */
    COMPLETED,
    /** A request stopped the stream. */
    STOPPED,
    /**
     * The stream cannot continue, and its statistics give the reason; or it was saved and could not be restored: {@link
     * FailedStream}.
     */
    FAILED;

    /** Returns the name of the state in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state of a name. */
    static Optional<StreamState> find(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }

    /** Returns whether the state of this name is final; an unknown one is not. */
    public static boolean isFinal(String id) {
        return find(id).map(StreamState::isFinal).orElse(false);
    }

    /** Returns whether a stream in this state has ended. */
    public boolean isFinal() {
        return this == COMPLETED || this == STOPPED || this == FAILED;
    }
}
