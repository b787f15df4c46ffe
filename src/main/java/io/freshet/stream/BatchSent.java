package io.freshet.stream;

import java.time.Duration;

/**
 * Fired to CDI observers when a sink has acknowledged a batch, or some of its records.
 *
 * @param sink the kind of the sink
 * @param records how many records it has acknowledged
 * @param took from the first attempt to the acknowledgement
 */
public record BatchSent(String stream, String sink, int records, Duration took) {
}
