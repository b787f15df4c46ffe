package io.freshet.stream;

/**
 * Told to CDI observers when a sink has not taken records, after all attempts of its guard: each time they are to be tried
 * again, when they have become dead letters, and when they are given up because their stream is stopped.
 *
 * @param sink what kind of sink it is
 * @param reason why; of several, the last one
 */
public record DeliveryFailed(String stream, String sink, int records, String reason) {
}
