package io.freshet.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a stream is doing. */
public enum StreamState {

    /** Records flow. */
    RUNNING,
    /** Somebody paused it; it can be resumed. */
    PAUSED,
    /** A sink does not take what it is given; the stream keeps trying and loses nothing. */
    FAILING,
    /** It has reached its limit. */
    COMPLETED,
    /** Somebody stopped it. */
    STOPPED;

    /** The name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name. */
    static Optional<StreamState> find(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }

    /** Whether nothing happens any more. */
    public boolean isFinal() {
        return this == COMPLETED || this == STOPPED;
    }
}
