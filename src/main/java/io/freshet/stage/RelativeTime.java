package io.freshet.stage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time relative to the clock, such as {@code now-1h}.
 *
 * @param offsetMillis the offset from the current time; negative for the past
 */
public record RelativeTime(long offsetMillis) {

    private static final Pattern FORM = Pattern.compile("now(?:([+-])(\\d{1,9})(ms|s|m|h|d))?");

    /**
     * Parses {@code now}, {@code now-90s}, {@code now+5m} and the like, with the units ms, s, m, h and d.
     *
     * @return empty if the text has another form
     */
    public static Optional<RelativeTime> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        if (form.group(1) == null) {
            return Optional.of(new RelativeTime(0));
        }
        long millis = Long.parseLong(form.group(2)) * switch (form.group(3)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
        return Optional.of(new RelativeTime(form.group(1).equals("-") ? -millis : millis));
    }

    long at(long now) {
        return now + offsetMillis;
    }
}
