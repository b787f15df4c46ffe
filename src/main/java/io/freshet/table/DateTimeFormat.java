package io.freshet.table;

import java.time.temporal.ChronoUnit;

/**
 * How a column writes dates or instants, and in which steps it counts them. A tick is one {@code resolution} unit since
 * 1970-01-01T00:00 of the written local time; the zone text is kept as written.
 *
 * @param pattern a {@link java.time.format.DateTimeFormatter} pattern
 * @param resolution DAYS, HOURS, MINUTES, SECONDS, MILLIS or MICROS
 */
public record DateTimeFormat(String pattern, ChronoUnit resolution) {
}
