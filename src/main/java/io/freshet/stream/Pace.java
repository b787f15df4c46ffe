package io.freshet.stream;

import java.time.Duration;

/**
 * The only place where pull meets time: says how many records may go now, or how long to wait. Times are nanoseconds of any
 * steady clock. Confined to one thread.
 */
final class Pace {

    /** A smooth pace lets go of 40 ms of records at once: few enough to be smooth, enough to be cheap. */
    private static final double SLICES_PER_SECOND = 25;
    private static final long NANOS = 1_000_000_000L;
    /** A stream that was held up catches up on this much, or on one burst, and not on hours. */
    private static final long MOST_ARREARS = 2 * NANOS;

    private final PaceDefinition definition;
    private long origin;
    private long released;
    private long notBefore;

    private Pace(PaceDefinition definition, long now) {
        this.definition = definition;
        this.origin = now;
        this.notBefore = now;
    }

    static Pace starting(PaceDefinition definition, long now) {
        return new Pace(definition, now);
    }

    /** Begins anew after a pause. */
    void resume(long now) {
        origin = now;
        released = 0;
        notBefore = now;
    }

    /**
     * How many of the next {@code wanted} records may go now; 0 means to ask again after {@link #waitNanos}.
     */
    int due(long now, int wanted) {
        if (now < notBefore) {
            return 0;
        }
        if (definition.burst().isPresent()) {
            PaceDefinition.Burst burst = definition.burst().get();
            forgiveArrears(now, burst.records() / seconds(burst.every()), Math.max(MOST_ARREARS, burst.every().toNanos()));
            long bursts = (now - origin) / burst.every().toNanos() + 1;
            return (int) Math.min(wanted, bursts * burst.records() - released);
        }
        if (definition.recordsPerSecond().isEmpty()) {
            return wanted;
        }
        double rate = definition.recordsPerSecond().getAsDouble();
        forgiveArrears(now, rate, MOST_ARREARS + (long) (slice(rate) / rate * NANOS));
        long due = entitled(now, rate) - released;
        return due < Math.min(wanted, slice(rate)) ? 0 : (int) Math.min(wanted, due);
    }

    /** Records are taken as gone; after the last of a batch the delay between batches begins. */
    void release(long now, int records, boolean endOfBatch) {
        released += records;
        if (endOfBatch && !definition.delayBetweenBatches().isZero()) {
            notBefore = now + definition.delayBetweenBatches().toNanos();
        }
    }

    /** How long until more may be due; at least a tenth of a millisecond. */
    long waitNanos(long now, int wanted) {
        long at = notBefore;
        if (definition.burst().isPresent()) {
            PaceDefinition.Burst burst = definition.burst().get();
            at = Math.max(at, origin + released / burst.records() * burst.every().toNanos());
        } else if (definition.recordsPerSecond().isPresent()) {
            double rate = definition.recordsPerSecond().getAsDouble();
            double next = released + Math.min(wanted, slice(rate));
            at = Math.max(at, origin + (long) Math.ceil(next / rate * NANOS));
        }
        return Math.max(100_000, at - now);
    }

    private static long slice(double rate) {
        return Math.max(1, (long) (rate / SLICES_PER_SECOND));
    }

    private long entitled(long now, double rate) {
        return (long) ((now - origin) * (rate / NANOS) + 1e-6);
    }

    private void forgiveArrears(long now, double rate, long most) {
        long behind = now - origin - (long) (released / rate * NANOS);
        if (behind > most) {
            origin += behind - most;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / (double) NANOS;
    }
}
