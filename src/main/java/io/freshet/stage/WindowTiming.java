package io.freshet.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * When windows start and end, in milliseconds.
 *
 * @param size the length of a window: a multiple of the slide
 * @param slide the distance between the starts of two windows
 * @param grace how long a window can be amended after its result
 * @param delay how far records may arrive out of order without being late
 * @param idle how long the source must be silent before event time advances with the clock; 0 for never
 * @param maxJump how far a single record may advance event time; 0 for no bound
 */
public record WindowTiming(long size, long slide, long grace, long delay, long idle, long maxJump) {

    public WindowTiming {
        if (slide < 1 || size < slide || size % slide != 0) {
            throw new IllegalArgumentException("the size of a window must be a multiple of its slide");
        }
        if (grace < 0 || delay < 0 || idle < 0 || maxJump < 0) {
            throw new IllegalArgumentException("grace, delay, idle and maxJump must not be negative");
        }
    }

    /** Creates timing without a bound on jumps. */
    public WindowTiming(long size, long slide, long grace, long delay, long idle) {
        this(size, slide, grace, delay, idle, 0);
    }

    /** Returns the start of the last window that contains a moment. */
    long lastStart(long moment) {
        return Math.floorDiv(moment, slide) * slide;
    }

    /** Returns the start of the first window that contains a moment. */
    long firstStart(long moment) {
        return lastStart(moment) - size + slide;
    }

    /**
     * Returns whether a window ends in the interval that lasts from {@code after} (exclusive) to {@code until} (inclusive),
     * moved back by {@code earlier}. Usually none does, because the ends of windows are a slide apart, so this check saves the
     * search.
     */
    boolean crossesAnEnd(long after, long until, long earlier) {
        return after < Long.MIN_VALUE + earlier || until < Long.MIN_VALUE + earlier
                || Math.floorDiv(after - earlier, slide) != Math.floorDiv(until - earlier, slide);
    }

    /**
     * Returns the starts of the windows that end after {@code after}, but not after {@code until}, and contain one of these
     * panes.
     *
     * @param panes the starts of the panes, in ascending order
     */
    List<Long> endingBetween(long after, long until, Collection<Long> panes) {
        List<Long> starts = new ArrayList<>();
        long next = after < Long.MIN_VALUE + size ? Long.MIN_VALUE : lastStart(after - size) + slide;
        long last = until < Long.MIN_VALUE + size ? Long.MIN_VALUE : until - size;
        for (long pane : panes) {
            next = Math.max(next, pane - size + slide);
            for (; next <= Math.min(pane, last); next += slide) {
                starts.add(next);
            }
        }
        return starts;
    }
}
