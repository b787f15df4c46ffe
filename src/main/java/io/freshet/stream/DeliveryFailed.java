package io.freshet.stream;

/**
 * Fired to CDI observers when a sink has not accepted records after all attempts of its guard: each time before they are
 * retried, when they have become dead letters, and when they are abandoned because their stream is stopped.
 *
 * @param sink the kind of the sink
 * @param reason the reason; if there are several, the last one
 */
public record DeliveryFailed(String stream, String sink, int records, String reason) {
}
