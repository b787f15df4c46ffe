package io.freshet.stream.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import io.freshet.stream.definition.PaceDefinition;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.load.LoadShape;
import io.freshet.stream.load.Phase;

/**
 * The only place where pull meets time: decides how many records may be emitted now, or how long to wait. Runs through the
 * phases of a pace; most paces have a single one. Times are nanoseconds of any steady clock. Confined to one thread.
 */
final class Pace {

    /** A smooth pace emits 40 ms of records at once: few enough to be smooth, enough to be cheap. */
    private static final double SLICES_PER_SECOND = 25;
    private static final long NANOS = 1_000_000_000L;
    /** The rate that is reported is the mean of this time, like the measured one beside it. */
    private static final long TARGET_NANOS = 5 * NANOS;

    private final PaceDefinition definition;
    private final List<Phase> phases;
    private int index;
    private Optional<LoadShape> shape = Optional.empty();
    /** When the present phase started, moved forward by the pauses that its shape does not count. */
    private long origin;
    private long ends = Long.MAX_VALUE;
    private long released;
    private long notBefore;
    private boolean resting;
    private long restingSince;
    private double owed;

    private Pace(PaceDefinition definition, long now, Instant moment, long position) {
        this.definition = definition;
        this.phases = definition.phases();
        this.notBefore = now;
        begin(0, now, moment);
        skip(position, now, moment);
    }

    /**
     * A pace that starts now.
     *
     * @param moment what the time of day is at {@code now}
     * @param position the records that the stream emitted before it was restarted; phases that they complete are skipped
     */
    static Pace starting(PaceDefinition definition, long now, Instant moment, long position) {
        return new Pace(definition, now, moment, position);
    }

    private void begin(int phase, long now, Instant moment) {
        index = phase;
        origin = now;
        released = 0;
        owed = 0;
        if (phase >= phases.size()) {
            shape = Optional.empty();
            ends = now;
            return;
        }
        Phase begun = phases.get(phase);
        shape = begun.shape().map(any -> any.startingAt(moment));
        long byDuration = begun.duration().map(duration -> now + duration.toNanos()).orElse(Long.MAX_VALUE);
        long byClock = begun.until().map(time -> now + untilNext(begun, moment)).orElse(Long.MAX_VALUE);
        ends = Math.min(byDuration, byClock);
    }

    private static long untilNext(Phase phase, Instant moment) {
        ZonedDateTime here = moment.atZone(phase.zone());
        ZonedDateTime today = here.with(phase.until().orElseThrow());
        ZonedDateTime next = today.isAfter(here) ? today : here.plusDays(1).with(phase.until().orElseThrow());
        return Duration.between(here, next).toNanos();
    }

    /** Continues where the records of an earlier run ended. */
    private void skip(long position, long now, Instant moment) {
        long left = phases.size() == 1 ? 0 : position;
        while (left > 0 && index < phases.size()) {
            Phase phase = phases.get(index);
            long expected = phase.expectedRecords().orElse(Long.MAX_VALUE);
            if (left >= expected) {
                left -= expected;
                begin(index + 1, now, moment);
            } else {
                released = phase.expectedRecords().isPresent() ? left : 0;
                long passed = phase.expectedRecords().isPresent() ? shape.map(any -> any.nanosOf(released, 0)).orElse(0L) : 0;
                origin = now - passed;
                ends = phase.duration().isPresent() && phase.until().isEmpty() ? ends - passed : ends;
                left = 0;
            }
        }
    }

    /** Moves on to the phase of this moment. @return whether the last phase has ended */
    boolean isOver(StreamTime time) {
        while (!resting && index < phases.size()) {
            long now = time.nanos();
            boolean full = isFull(phases.get(index));
            if (!full && (now < ends || shape.isPresent() && entitled(now) > released)) {
                return false;
            }
            // the next phase starts when this one ended, however late that is noticed
            long end = full ? now : ends;
            begin(index + 1, end, time.now().minusNanos(now - end));
        }
        return index >= phases.size();
    }

    private boolean isFull(Phase phase) {
        return phase.records().isPresent() && released >= phase.records().getAsLong();
    }

    /** Stops the time of the pace; may be called repeatedly. What was due in part when the pause started stays due. */
    void pause(long now) {
        if (!resting) {
            resting = true;
            restingSince = now;
            owed = shape.map(any -> Math.min(slice(now), Math.max(0, any.records(now - origin) - released))).orElse(0.0);
        } else if (now > restingSince) {
            boolean byClock = shape.map(LoadShape::followsClock).orElse(false);
            if (!byClock) {
                origin += now - restingSince;
            }
            if (ends != Long.MAX_VALUE && phases.get(Math.min(index, phases.size() - 1)).until().isEmpty()) {
                ends += now - restingSince;
            }
            restingSince = now;
        }
        shape.ifPresent(any -> released = (long) Math.ceil(any.records(now - origin) - owed - 1e-6));
        notBefore = now;
    }

    /** The number of records due at the end of the stream's time, even fewer than a batch; 0 for a pace that is not smooth. */
    long dueAtEnd(long end) {
        return shape.isEmpty() || !shape.get().isSmooth() ? 0 : Math.max(0, entitled(end) - released);
    }

    /**
     * How many of the next {@code wanted} records may be emitted now; 0 means to ask again after {@link #waitNanos}.
     */
    int due(long now, int wanted) {
        resting = false;
        if (now < notBefore || index >= phases.size()) {
            return 0;
        }
        Phase phase = phases.get(index);
        long max = phase.records().isPresent() ? Math.min(wanted, phase.records().getAsLong() - released) : wanted;
        if (shape.isEmpty()) {
            return (int) max;
        }
        forgiveArrears(now);
        long due = entitled(now) - released;
        // at its end a phase emits what is due, even if that is less than a batch
        return due < Math.min(max, now < ends ? slice(now) : 1) ? 0 : (int) Math.min(max, due);
    }

    /** Counts records as emitted; after the last of a batch the delay between batches begins. */
    void release(long now, int records, boolean endOfBatch) {
        released += records;
        if (endOfBatch && !definition.delayBetweenBatches().isZero()) {
            notBefore = now + definition.delayBetweenBatches().toNanos();
        }
    }

    /** Returns how long to wait until more records may be due; at least a tenth of a millisecond. */
    long waitNanos(long now, int wanted) {
        long at = notBefore;
        if (shape.isPresent()) {
            long time = shape.get().nanosOf(released + Math.min(wanted, slice(now)),
                    Math.max(0, now - origin));
            at = Math.max(at, time == Long.MAX_VALUE ? Long.MAX_VALUE : origin + time);
        }
        return Math.max(100_000, Math.min(at, ends) - now);
    }

    /** The rate that is meant, in records per second: the mean of the last five seconds; empty if there is no limit. */
    OptionalDouble target(long now) {
        if (shape.isEmpty()) {
            return OptionalDouble.empty();
        }
        long time = Math.max(0, now - origin);
        long from = Math.max(0, time - TARGET_NANOS);
        return OptionalDouble.of(time == from || resting ? shape.get().recordsPerSecond(time)
                : (shape.get().records(time) - shape.get().records(from)) * NANOS / (time - from));
    }

    /** The records that leave together: a burst leaves as soon as any of it is due. */
    private long slice(long now) {
        LoadShape present = shape.orElseThrow();
        return present.isSmooth() ? slice(present.recordsPerSecond(Math.max(0, now - origin))) : 1;
    }

    private static long slice(double rate) {
        return Math.max(1, (long) (rate / SLICES_PER_SECOND));
    }

    private long entitled(long now) {
        return (long) (shape.orElseThrow().records(Math.max(0, Math.min(now, ends - 1) - origin)) + 1e-6);
    }

    /** A stream that was held up catches up on a short time and not on hours. */
    private void forgiveArrears(long now) {
        LoadShape present = shape.orElseThrow();
        long time = Math.min(now, ends - 1) - origin;
        long max = present.maxArrearsNanos();
        if (time > max) {
            released = Math.max(released, (long) present.records(time - max) - slice(now));
        }
    }
}
