package io.freshet.deadletter;

/**
 * What became of a dead letter that was delivered again.
 *
 * @param reason why it remains, or which stage dropped it; empty if it was delivered
 */
public record LetterOutcome(Kind kind, String reason) {

    public static final LetterOutcome DELIVERED = new LetterOutcome(Kind.DELIVERED, "");

    /** The kinds of outcomes. */
    public enum Kind {
        DELIVERED,
        /** A stage dropped the record on purpose. */
        DROPPED,
        /** It is still a dead letter. */
        REMAINS
    }

    public static LetterOutcome dropped(String stage) {
        return new LetterOutcome(Kind.DROPPED, "dropped by " + stage);
    }

    public static LetterOutcome remains(String reason) {
        return new LetterOutcome(Kind.REMAINS, reason);
    }

    public boolean isSettled() {
        return kind != Kind.REMAINS;
    }
}
