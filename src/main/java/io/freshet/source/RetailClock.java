package io.freshet.source;

import java.time.Instant;

/**
 * How far a simulation may go by now. At speed 1 it is the clock itself, so that the past comes at once and the present when it
 * is; at other speeds time runs from where the simulation was when it was first asked for.
 */
final class RetailClock {

    private final double speed;
    private boolean running;
    private long wallStart;
    private long start;

    /**
     * @param speed infinite for no limit
     */
    RetailClock(double speed) {
        this.speed = speed;
    }

    /**
     * @param at where the simulation is if this is the first time
     * @return milliseconds since 1970
     */
    long reached(Instant now, long at) {
        if (Double.isInfinite(speed)) {
            return Long.MAX_VALUE;
        }
        if (speed == 1) {
            return now.toEpochMilli();
        }
        if (!running) {
            running = true;
            wallStart = now.toEpochMilli();
            start = at;
        }
        return start + (long) ((now.toEpochMilli() - wallStart) * speed);
    }
}
