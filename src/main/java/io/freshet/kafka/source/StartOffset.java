package io.freshet.kafka.source;

/** Where reading starts. */
public enum StartOffset {
    /** Starts with the oldest message. */
    BEGINNING,
    /** Starts with messages that arrive from now on. */
    NOW,
    /** Starts after the committed offsets of the group; without any, with the oldest message. */
    COMMITTED
}
