package io.freshet.stream;

import java.time.Instant;

/**
 * Something that happened to an alert.
 *
 * @param sequence from 1, without gaps
 * @param event {@code raised}, {@code updated} when its value has at least doubled or halved, {@code cleared}
 * @param since when it was raised
 */
public record AlertEvent(long sequence, String event, Instant time, Instant since, String stream, StreamHealth.Alert alert) {
}
