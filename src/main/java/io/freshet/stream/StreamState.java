package io.freshet.stream;

import java.util.Locale;

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

    public boolean isFinal() {
        return this == COMPLETED || this == STOPPED;
    }
}
