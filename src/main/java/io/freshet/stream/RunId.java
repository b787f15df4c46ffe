package io.freshet.stream;

import java.util.UUID;

/** Identifies the life of a stream from its creation to its deletion. */
final class RunId {

    /** Leaves 40 random bits, which are at most eight characters. */
    private static final int SHIFT = 24;

    private RunId() {
    }

    /** Returns a random id, so that the ids of records differ from those of an earlier stream of the same name. */
    static String random() {
        return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> SHIFT, Character.MAX_RADIX);
    }
}
