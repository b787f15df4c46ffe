package io.freshet.stage;

/**
 * The event time of one partition. It is the latest time of its records, but a single record cannot advance it by more than a
 * bound. Records beyond the bound advance it together: when {@value #CONFIRMATIONS} of them arrive in a row, or when no record
 * follows them and the wall clock has reached their time. A single record with a wrong time therefore does not make all others
 * late.
 */
final class EventClock {

    static final int CONFIRMATIONS = 10;

    private long time = Long.MIN_VALUE;
    private int ahead;
    private long minAhead = Long.MAX_VALUE;
    private long maxAhead = Long.MIN_VALUE;
    private long rejected;

    /** Returns the event time, or {@link Long#MIN_VALUE} before the first record. */
    long time() {
        return time;
    }

    /** Returns how many records were beyond the bound and were contradicted by the next record. */
    long rejected() {
        return rejected;
    }

    /**
     * Observes the time of a record.
     *
     * @param reference the time from which the bound is measured, unless the clock's own time is later
     * @param maxJump the bound in milliseconds; 0 for no bound
     * @return whether the record is within the bound, or other records have confirmed it
     */
    boolean observe(long moment, long reference, long maxJump) {
        if (maxJump == 0 || moment <= plus(Math.max(time, reference), maxJump)) {
            time = Math.max(time, moment);
            rejected += ahead;
            forgetAhead();
            return true;
        }
        ahead++;
        minAhead = Math.min(minAhead, moment);
        maxAhead = Math.max(maxAhead, moment);
        if (ahead < CONFIRMATIONS) {
            return false;
        }
        time = minAhead;
        forgetAhead();
        return true;
    }

    /** Accepts pending records beyond the bound, which no record followed, if their times are not after {@code latest}. */
    void settle(long latest) {
        if (ahead > 0 && minAhead <= latest) {
            time = Math.max(time, maxAhead <= latest ? maxAhead : minAhead);
            forgetAhead();
        }
    }

    private void forgetAhead() {
        ahead = 0;
        minAhead = Long.MAX_VALUE;
        maxAhead = Long.MIN_VALUE;
    }

    static long plus(long moment, long millis) {
        return moment > Long.MAX_VALUE - millis ? Long.MAX_VALUE : moment + millis;
    }
}
