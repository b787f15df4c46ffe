package io.freshet.cli;

import java.util.Locale;

/** Shows the progress, the rate and the remaining time of a command on a terminal. It is silent elsewhere. */
final class Progress {

    private static final long INTERVAL_NANOS = 200_000_000;
    private static final double NANOS = 1e9;
    static final String CLEAR_LINE = "\r\u001B[K";

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final long startedAt = System.nanoTime();
    private long shown = startedAt;
    private boolean visible;

    /** @param what the plural name of the counted items, such as rows */
    Progress(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    /** Updates the number of items completed so far. */
    void at(long done) {
        if (!terminal.watched() || System.nanoTime() - shown < INTERVAL_NANOS) {
            return;
        }
        shown = System.nanoTime();
        visible = true;
        double seconds = (shown - startedAt) / NANOS;
        double rate = done / seconds;
        long left = Math.round((total - done) / Math.max(1, rate));
        terminal.err().print(String.format(Locale.ROOT, "%s%,d of %,d %s, %,.0f/s, %d s left", CLEAR_LINE, done, total, what,
                rate, left));
        terminal.err().flush();
    }

    /** Erases the progress line. */
    void end() {
        if (visible) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
        }
    }
}
