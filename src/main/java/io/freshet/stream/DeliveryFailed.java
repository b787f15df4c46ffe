package io.freshet.stream;

/**
 * Told to CDI observers when a sink has refused a batch, after all attempts of its guard.
 *
 * @param sink what kind of sink it is
 * @param reason why
 */
public record DeliveryFailed(String stream, String sink, int records, String reason) {
}
