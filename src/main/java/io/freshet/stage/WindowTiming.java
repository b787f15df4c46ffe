package io.freshet.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * When windows begin and end, in milliseconds.
 *
 * @param size how long a window is: a multiple of the slide
 * @param slide from the beginning of one to that of the next
 * @param grace for how long after its result a window can be amended
 * @param delay how much earlier than others records may be without being late
 * @param idle when no record came for so long, event time goes on with the clock; 0 for never
 */
public record WindowTiming(long size, long slide, long grace, long delay, long idle) {

    public WindowTiming {
        if (slide < 1 || size < slide || size % slide != 0) {
            throw new IllegalArgumentException("the size of a window must be a multiple of its slide");
        }
        if (grace < 0 || delay < 0 || idle < 0) {
            throw new IllegalArgumentException("grace, delay and idle must not be negative");
        }
    }

    /** When the last window begins that a moment is in. */
    long lastStart(long moment) {
        return Math.floorDiv(moment, slide) * slide;
    }

    /** When the first window begins that a moment is in. */
    long firstStart(long moment) {
        return lastStart(moment) - size + slide;
    }

    /**
     * Whether a window ends after one moment and until another, or so long before: as a rule none does, for windows end a slide
     * apart.
     */
    boolean crossesAnEnd(long after, long until, long earlier) {
        return after < Long.MIN_VALUE + earlier || until < Long.MIN_VALUE + earlier
                || Math.floorDiv(after - earlier, slide) != Math.floorDiv(until - earlier, slide);
    }

    /**
     * The beginnings of the windows that end after the one moment and until the other, and have one of these panes in them.
     *
     * @param panes when they begin, ascending
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
