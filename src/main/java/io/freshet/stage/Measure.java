package io.freshet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A measure of a field's values.
 *
 * @param name the name in definitions
 * @param probability the probability of a quantile; 0 for other measures
 */
public record Measure(String name, Kind kind, double probability) {

    /** The kinds of measures. */
    public enum Kind {
        COUNT,
        SUM,
        MIN,
        MAX,
        MEAN,
        VARIANCE,
        STDDEV,
        DISTINCT,
        QUANTILE
    }

    /**
     * Finds a measure by its name, such as {@code sum} or {@code p99}.
     *
     * @return empty if no measure has this name
     */
    public static Optional<Measure> find(String name) {
        if (name.matches("p\\d{1,2}(\\.\\d{1,4})?")) {
            return Optional.of(new Measure(name, Kind.QUANTILE, Double.parseDouble(name.substring(1)) / 100));
        }
        return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.QUANTILE)
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                .map(kind -> new Measure(name, kind, 0));
    }

    /** Returns the names of the measures, with examples of quantiles. */
    public static List<String> names() {
        return List.of("count", "sum", "min", "max", "mean", "variance", "stddev", "distinct", "p50", "p99", "p99.9");
    }
}
