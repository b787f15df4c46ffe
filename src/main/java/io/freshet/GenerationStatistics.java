package io.freshet;

import java.time.Duration;

/**
 * What has been generated so far; records that a transformer has taken out count.
 *
 * @param elapsed since the first batch was asked for; it stands still when the last one is made
 */
public record GenerationStatistics(long totalSamples, long totalBatches, Duration elapsed) {

    /** The mean over the time elapsed; 0 before there is any. */
    public double samplesPerSecond() {
        return elapsed.isZero() ? 0 : totalSamples / (elapsed.toNanos() / 1e9);
    }
}
