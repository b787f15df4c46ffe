package io.freshet.stream.delivery;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.freshet.model.report.ShapeScores;
import io.freshet.source.SourceStatus;
import io.freshet.stage.StageStatistics;

/**
 * A snapshot of what a stream has done since it was started.
 *
 * @param position the index of the first record that not all sinks have acknowledged
 * @param totalSamples records that all sinks have acknowledged
 * @param totalBatches batches of which all sinks have acknowledged at least one record
 * @param samplesPerSecond over the running time, without pauses
 * @param currentSamplesPerSecond over the last five seconds
 * @param elapsedSeconds since the start, including pauses
 * @param inFlight records that sinks have not acknowledged yet
 * @param stages what each stage has done
 * @param source how the source is
 * @param shapes how far the last rows have the distributions of their model; null if they are not compared
 * @param error why the stream cannot go on, if it ended for that; else null
 * @param lastBatches the results of the last batches, oldest first; the last one may be incomplete
 * @param targetSamplesPerSecond the rate that the pace asks for, over the last five seconds; null if it sets none
 */
public record StreamStatistics(String state, long position, long totalSamples, long totalBatches, double samplesPerSecond,
        double currentSamplesPerSecond, double elapsedSeconds, long inFlight, List<StageStatistics> stages,
        List<SinkStatistics> sinks,
        SourceStatus source, @Nullable ShapeScores shapes, @Nullable String error, List<BatchResult> lastBatches,
        @Nullable Double targetSamplesPerSecond) {

    public StreamStatistics {
        stages = List.copyOf(stages);
        sinks = List.copyOf(sinks);
        lastBatches = List.copyOf(lastBatches);
    }

    /**
     * The outcome of a batch.
     *
     * @param batch its number, from 1
     * @param processed records that neither a stage nor a sink rejected
     * @param failed records that a stage rejected, plus the most that any sink rejected
     * @param milliseconds from generation to the last acknowledgement
     */
    public record BatchResult(long batch, int processed, int failed, double milliseconds) {
    }

    /**
     * Returns the records since the start, including those in flight. This name and those below are the ones that event
     * simulators use.
     */
    @JsonProperty("events_generated")
    public long eventsGenerated() {
        return totalSamples + inFlight;
    }

    /**
     * Returns the delivered records. Each counts once, however many sinks received it: the number is that of the sink with the
     * most of them, or, if records are routed to different sinks, of all delivered records in completed batches.
     */
    @JsonProperty("events_sent_successfully")
    public long eventsSentSuccessfully() {
        long max = sinks.stream().mapToLong(SinkStatistics::delivered).max().orElse(0);
        return Math.max(max, Math.min(totalSamples, sum(SinkStatistics::delivered)));
    }

    /**
     * Returns the records that became dead letters, in a stage or at a sink, or were abandoned; a record counts once for each
     * sink that failed.
     */
    @JsonProperty("events_failed")
    public long eventsFailed() {
        return sum(sink -> sink.deadLettered() + sink.failed())
                + stages.stream().mapToLong(StageStatistics::deadLettered).sum();
    }

    /** Returns the rate over the last five seconds. */
    @JsonProperty("events_per_second")
    public double eventsPerSecond() {
        return currentSamplesPerSecond;
    }

    @JsonProperty("batches_sent")
    public long batchesSent() {
        return totalBatches;
    }

    /** Returns how often a sink could not be reached or rejected a batch, after all attempts of its guard. */
    @JsonProperty("connection_failures")
    public long connectionFailures() {
        return sum(SinkStatistics::deliveryFailures);
    }

    /** Returns the statistics as they are logged. A sent record counts once; dropped records are summed over all sinks. */
    public String progress(long generated) {
        return ("state=%s position=%d generated=%d sent=%d failed=%d dropped=%d perSecond=%.0f batchesSent=%d"
                + " deliveryFailures=%d").formatted(state, position, generated, eventsSentSuccessfully(), eventsFailed(),
                        sum(SinkStatistics::dropped), currentSamplesPerSecond, totalBatches, connectionFailures());
    }

    private long sum(ToLongFunction<SinkStatistics> figure) {
        return sinks.stream().mapToLong(figure).sum();
    }

    /**
     * The outcomes of the records that were generated for a sink: delivered, dead-lettered, dropped, failed or in flight.
     *
     * @param name the name of the sink in its stream
     * @param target where the records go within it, such as a topic
     * @param failing whether batches wait to be retried, the last attempt to deliver one failed, or the sink refused all
     *        records of the last minute
     * @param breaker the state of its circuit breaker: closed, half_open or open
     * @param delivered records that were delivered
     * @param deadLettered records that could not be delivered and were kept as dead letters
     * @param dropped records that were dropped because the queue was full, according to its strategy
     * @param failed records that were abandoned because the stream was stopped; its position is before them
     * @param inFlight records that wait or are in flight
     * @param retriedBatches how often a batch was retried after all attempts of the guard had failed
     * @param deliveryFailures how often the sink did not accept a batch, or not all of it, after all attempts of the guard,
     *        because it could not be reached or rejected records
     * @param errorRate the recent share of failed deliveries; a batch of which some records were rejected permanently counts as
     *        their share
     * @param latencySeconds from generation to acknowledgement: the mean of recent deliveries, or how long the oldest batch has
     *        waited if that is longer
     * @param lastError why the sink accepts no records at present, or why it rejected the last record that it rejected; null if
     *        there is no error
     * @param lastErrorAt when the error occurred
     */
    public record SinkStatistics(String name, String kind, String target, boolean failing, String breaker, long delivered,
            long deadLettered, long dropped, long failed, long inFlight, QueueStatistics queue, long retriedBatches,
            long deliveryFailures, double errorRate, double latencySeconds, @Nullable String lastError,
            @Nullable Instant lastErrorAt) {
    }

    /**
     * @param strategy what happens to records for which there is no room
     * @param records how many may wait or be on their way
     * @param utilisation how full it is, by records or by bytes, whichever is more: 0 to 1
     * @param bytes how many bytes wait or are on their way; all buffers share what they may hold
     */
    public record QueueStatistics(String strategy, int records, double utilisation, long bytes) {
    }
}
