package io.freshet.embed;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a batch in a {@link RecordPipeline}.
 *
 * @param records the output of the last step, in order. It may contain more or fewer records than the batch and, with windows,
 *        also results of earlier batches
 * @param processed how many records of the batch passed, were filtered out or became part of a result: all but the failed ones
 * @param failed for how many records a step failed; they are not in {@code records}
 * @param failures the reasons for the first {@value #MAX_FAILURES} of them
 * @param milliseconds how long the pipeline took
 */
public record PipelineResult(List<Map<String, @Nullable Object>> records, int processed, int failed, List<Failure> failures,
        double milliseconds) {

    /** The maximum number of failures that are listed. */
    public static final int MAX_FAILURES = 100;

    /**
     * A record for which a step failed.
     *
     * @param record its index in the batch, from 0; −1 if it arrived with an earlier batch
     * @param step the name of the step
     */
    public record Failure(int record, String step, String reason) {
    }

    public PipelineResult {
        records = List.copyOf(records);
        failures = List.copyOf(failures);
    }
}
