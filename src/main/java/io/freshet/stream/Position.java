package io.freshet.stream;

/** How far a stream has got, in records of its source. The stream's thread moves it, any thread asks. */
final class Position {

    private volatile long start;
    private volatile long generated;
    private volatile long acknowledged;

    Position(long start) {
        this.start = start;
        this.generated = start;
        this.acknowledged = start;
    }

    /** Goes on further on than it was thought, before the first record; whether it does. */
    boolean goOnAt(long further) {
        boolean moves = further > start && generated == start;
        if (moves) {
            start = further;
            generated = further;
            acknowledged = further;
        }
        return moves;
    }

    void generate(int records) {
        generated += records;
    }

    void acknowledge(int records) {
        acknowledged += records;
    }

    long start() {
        return start;
    }

    /** Behind the last record that was made. */
    long generated() {
        return generated;
    }

    /** Behind the last record that all sinks have settled, with all those before. */
    long acknowledged() {
        return acknowledged;
    }

    long sinceStart(long position) {
        return position - start;
    }
}
