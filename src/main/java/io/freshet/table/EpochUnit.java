package io.freshet.table;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The units in which integers count time since 1970-01-01T00:00Z. Their names are the patterns of such columns. */
enum EpochUnit {

    DAYS(ChronoUnit.DAYS),
    SECONDS(ChronoUnit.SECONDS),
    MILLIS(ChronoUnit.MILLIS),
    MICROS(ChronoUnit.MICROS);

    private static final String PREFIX = "epoch:";

    private final ChronoUnit unit;

    EpochUnit(ChronoUnit unit) {
        this.unit = unit;
    }

    /**
     * Returns the unit of a pattern such as {@code epoch:seconds}; empty if the pattern does not begin like one.
     *
     * @throws IllegalArgumentException if the unit is unknown
     */
    static Optional<EpochUnit> ofPattern(String pattern) {
        if (!pattern.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values()).filter(unit -> unit.pattern().equals(pattern)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown unit in " + pattern + "; expected one of "
                        + String.join(", ", patterns()))));
    }

    private static List<String> patterns() {
        return Arrays.stream(values()).map(EpochUnit::pattern).toList();
    }

    /** Returns {@code epoch:days}, {@code epoch:seconds}, {@code epoch:millis} or {@code epoch:micros}. */
    String pattern() {
        return PREFIX + this;
    }

    ChronoUnit unit() {
        return unit;
    }

    long micros() {
        return unit.getDuration().toNanos() / 1000;
    }

    /** Returns the name that a pattern uses. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
