package io.freshet.deadletter;

/** Counts what becomes of the dead letters of a replay while it runs. Thread-safe. */
public final class ReplayProgress {

    private int found;
    private int delivered;
    private int dropped;
    private int remaining;
    private String reason = "";

    /**
     * The counts at one moment.
     *
     * @param found the letters that are replayed, as far as they have been read
     * @param remaining those that are still dead letters
     * @param reason why the last of these remains; empty if none does
     */
    public record Counts(int found, int delivered, int dropped, int remaining, String reason) {
    }

    synchronized void found(int letters) {
        found += letters;
    }

    synchronized void add(LetterOutcome outcome) {
        switch (outcome.kind()) {
            case DELIVERED -> delivered++;
            case DROPPED -> dropped++;
            case REMAINS -> {
                remaining++;
                reason = outcome.reason();
            }
        }
    }

    public synchronized Counts counts() {
        return new Counts(found, delivered, dropped, remaining, reason);
    }
}
