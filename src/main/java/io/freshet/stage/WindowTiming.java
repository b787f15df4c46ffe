package io.freshet.stage;

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
}
