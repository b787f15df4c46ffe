package io.freshet.source.retail;

import java.time.Instant;

/**
 * Decides how far a simulation may have advanced. At speed 1 it follows the system clock, so that past events are due at once
 * and later ones when they happen. At other speeds, time advances from where the simulation was at the first call.
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
     * @param at where the simulation is at the first call
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
