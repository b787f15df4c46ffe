package io.freshet.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of what a stream has done since it was started.
 *
 * @param position the index of the first record that not all sinks have acknowledged
 * @param totalSamples records that all sinks have answered for
 * @param totalBatches full batches among them
 * @param samplesPerSecond over the time it was running
 * @param elapsedSeconds since it was started, pauses included
 * @param inFlight records that sinks have not answered for yet
 */
public record StreamStatistics(String state, long position, long totalSamples, long totalBatches, double samplesPerSecond,
        double elapsedSeconds, long inFlight, List<SinkStatistics> sinks) {

    public StreamStatistics {
        sinks = List.copyOf(sinks);
    }

    /**
     * @param delivered records the sink has
     * @param failed records it refused for good
     * @param retriedBatches batches that were tried again after all attempts had failed
     * @param lastError why the last delivery failed; null if none did
     */
    public record SinkStatistics(String kind, boolean failing, long delivered, long failed, long retriedBatches,
            @Nullable String lastError) {
    }
}
