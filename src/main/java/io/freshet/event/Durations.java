package io.freshet.event;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Parses durations as people write them. */
public final class Durations {

    private Durations() {
    }

    /**
     * Parses {@code 500ms}, {@code 10s}, {@code 5m}, {@code 3d}, {@code PT1H} and the like.
     *
     * @return the duration; empty if the text is not a duration, or the duration is negative
     */
    public static Optional<Duration> parse(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        try {
            Duration duration = upper.endsWith("MS") ? Duration.ofMillis(Long.parseLong(upper.substring(0, upper.length() - 2)))
                    : Duration.parse(upper.startsWith("P") ? upper : (upper.endsWith("D") ? "P" : "PT") + upper);
            return duration.isNegative() ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
