package io.freshet.stream;

import java.time.Duration;

/**
 * Told to CDI observers when a sink has acknowledged a batch, or some of its records.
 *
 * @param sink what kind of sink it is
 * @param records how many it has acknowledged
 * @param took from the first attempt to the acknowledgement
 */
public record BatchSent(String stream, String sink, int records, Duration took) {
}
