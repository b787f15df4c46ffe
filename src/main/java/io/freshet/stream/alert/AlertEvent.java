package io.freshet.stream.alert;

import java.time.Instant;

import io.freshet.stream.health.StreamHealth;

/**
 * A change of an alert.
 *
 * @param sequence from 1, without gaps
 * @param event {@code raised}, {@code updated} when its value has at least doubled or halved, {@code cleared}
 * @param since when the alert was raised
 */
public record AlertEvent(long sequence, String event, Instant time, Instant since, String stream, StreamHealth.Alert alert) {
}
