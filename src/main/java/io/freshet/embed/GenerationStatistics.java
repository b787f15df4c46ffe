package io.freshet.embed;

import java.time.Duration;

/**
 * What has been generated so far, including records that a transformer has removed.
 *
 * @param elapsed since the first batch was requested; it stops when the last one has been generated
 */
public record GenerationStatistics(long totalSamples, long totalBatches, Duration elapsed) {

    /** Returns the mean rate over the elapsed time; 0 before any time has passed. */
    public double samplesPerSecond() {
        return elapsed.isZero() ? 0 : totalSamples / (elapsed.toNanos() / 1e9);
    }
}
