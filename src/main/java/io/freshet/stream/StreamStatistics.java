package io.freshet.stream;

import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ShapeScores;
import io.freshet.source.SourceStatus;
import io.freshet.stage.StageStatistics;

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
 * @param stages what each stage has done
 * @param source how the source is
 * @param shapes how far the last rows have the distributions of their model; null if they are not compared
 * @param error the defect that ended the stream; null if none did
 */
public record StreamStatistics(String state, long position, long totalSamples, long totalBatches, double samplesPerSecond,
        double currentSamplesPerSecond, double elapsedSeconds, long inFlight, List<StageStatistics> stages,
        List<SinkStatistics> sinks,
        SourceStatus source, @Nullable ShapeScores shapes, @Nullable String error) {

    public StreamStatistics {
        stages = List.copyOf(stages);
        sinks = List.copyOf(sinks);
    }

    /**
     * As it is logged. What was sent, failed or dropped is the sum over all sinks; what became dead letters has failed, in a
     * stage too.
     */
    String progress(long generated) {
        long failed = sum(sink -> sink.deadLettered() + sink.failed())
                + stages.stream().mapToLong(StageStatistics::deadLettered).sum();
        return ("state=%s position=%d generated=%d sent=%d failed=%d dropped=%d perSecond=%.0f batchesSent=%d"
                + " deliveryFailures=%d").formatted(state, position, generated, sum(SinkStatistics::delivered), failed,
                        sum(SinkStatistics::dropped), currentSamplesPerSecond, totalBatches,
                        sum(SinkStatistics::deliveryFailures));
    }

    private long sum(ToLongFunction<SinkStatistics> figure) {
        return sinks.stream().mapToLong(figure).sum();
    }

    /**
     * What has become of the records that were generated for a sink: delivered, dead-lettered, dropped, failed or in flight.
     *
     * @param name of the sink in its stream
     * @param target where in it the records go, such as a topic
     * @param failing whether batches wait to be tried again
     * @param breaker the state of its circuit breaker: closed, half_open or open
     * @param delivered records the sink has
     * @param deadLettered records that could not be delivered, kept among the dead letters
     * @param dropped records for which there was no room, by the strategy of the queue
     * @param failed records that were given up because the stream was stopped; its position is before them
     * @param inFlight records that wait or are on their way
     * @param retriedBatches how often a batch was tried again after all attempts of the guard had failed
     * @param deliveryFailures how often the sink did not take a batch, or not all of it, after all attempts of the guard:
     *        because it could not be reached, or refused
     * @param errorRate the share of deliveries that failed lately; of a batch of which some records were refused for good,
     *        their share
     * @param latencySeconds from generation to acknowledgement: the mean of the last deliveries, or how long the oldest
     *        batch has waited if that is longer
     * @param lastError why the last delivery that failed did; null if none did
     */
    public record SinkStatistics(String name, String kind, String target, boolean failing, String breaker, long delivered,
            long deadLettered, long dropped, long failed, long inFlight, QueueStatistics queue, long retriedBatches,
            long deliveryFailures, double errorRate, double latencySeconds, @Nullable String lastError) {
    }

    /**
     * @param strategy what happens to records for which there is no room
     * @param records how many may wait or be on their way
     * @param utilisation how full it is, 0 to 1
     */
    public record QueueStatistics(String strategy, int records, double utilisation) {
    }
}
