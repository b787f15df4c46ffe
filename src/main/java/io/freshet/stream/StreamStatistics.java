package io.freshet.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ShapeScores;
import io.freshet.source.SourceStatus;

/**
 * A snapshot of what a stream has done since it was started.
 *
 * @param position the index of the first record that not all sinks have acknowledged
 * @param totalSamples records that all sinks have acknowledged
 * @param totalBatches full batches among them, and the last one of a stream that has ended
 * @param samplesPerSecond over the time it was running, pauses left out
 * @param currentSamplesPerSecond over the last five seconds
 * @param elapsedSeconds since it was started, pauses included
 * @param inFlight records that sinks have not acknowledged yet
 * @param source how the source is
 * @param shapes how far the last rows have the distributions of their model; null if they are not compared
 * @param error the defect that ended the stream; null if none did
 */
public record StreamStatistics(String state, long position, long totalSamples, long totalBatches, double samplesPerSecond,
        double currentSamplesPerSecond, double elapsedSeconds, long inFlight, List<SinkStatistics> sinks,
        SourceStatus source, @Nullable ShapeScores shapes, @Nullable String error) {

    public StreamStatistics {
        sinks = List.copyOf(sinks);
    }

    /**
     * @param failing whether batches wait to be tried again
     * @param delivered records the sink has
     * @param failed records that were given up because the stream was stopped
     * @param retriedBatches how often a batch was tried again after all attempts of the guard had failed
     * @param deliveryFailures how often the sink did not take a batch, after all attempts of the guard: because it could not be
     *        reached, or refused
     * @param lastError why the last delivery that failed did; null if none did
     */
    public record SinkStatistics(String kind, boolean failing, long delivered, long failed, long retriedBatches,
            long deliveryFailures, @Nullable String lastError) {
    }
}
