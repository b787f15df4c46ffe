package io.freshet.source;

import java.util.List;

/**
 * The outcome of the records of one push, at all sinks of the stream.
 *
 * @param processed how many records neither a stage nor a sink rejected, including those that a filter dropped
 * @param failed how many records a stage or a sink rejected, or were abandoned because the stream ended
 * @param failures the reasons for the first {@value #MAX_FAILURES} of them
 * @param milliseconds from the arrival of the push to the last acknowledgement
 */
public record PushResult(int processed, int failed, List<Failure> failures, double milliseconds) {

    /** The maximum number of failures that are listed. */
    public static final int MAX_FAILURES = 100;

    /**
     * A record that a stage or a sink rejected.
     *
     * @param record its index in the push, from 0
     * @param component the name of the stage or sink; {@code stream} if the stream ended first
     */
    public record Failure(int record, String component, String reason) {
    }

    public PushResult {
        failures = List.copyOf(failures);
    }
}
