package io.freshet.stream.engine;

/** The progress of a stream, in records of its source. The stream's thread writes; any thread may read. */
final class Position {

    private final OwnPositions own;
    private volatile long start;
    private volatile long generated;
    private volatile long acknowledged;

    Position(long position, OwnPositions own) {
        this.own = own;
        this.start = own.from(position);
        this.generated = start;
        this.acknowledged = start;
    }

    /**
     * Moves the position forward before the first record is generated.
     *
     * @return true if it moved
     */
    boolean resumeAt(long further) {
        boolean moves = further > start && generated == start;
        if (moves) {
            start = further;
            generated = further;
            acknowledged = further;
        }
        return moves;
    }

    void generate(int records) {
        generated = own.from(generated + records);
    }

    void acknowledge(int records) {
        acknowledged = own.from(acknowledged + records);
    }

    /** Returns the number of records that earlier runs have made. */
    long madeBefore() {
        return own.before(start);
    }

    /** Returns the number of own records that not all sinks have completed. */
    long inFlight() {
        return own.before(generated) - own.before(acknowledged);
    }

    /** Returns the position after the last record that was generated. */
    long generated() {
        return generated;
    }

    /** Returns the position up to which all sinks have completed every record. */
    long acknowledged() {
        return acknowledged;
    }

    /** Returns the number of own records from the start to a position. */
    long sinceStart(long position) {
        return own.before(position) - own.before(start);
    }
}
