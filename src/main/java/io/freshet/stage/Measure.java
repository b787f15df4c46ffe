package io.freshet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is computed of values.
 *
 * @param name as definitions have it
 * @param probability of a quantile; 0 for others
 */
public record Measure(String name, Kind kind, double probability) {

    /** What it is. */
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

    /** Of {@code sum}, {@code p99} and so on; empty for what is no measure. */
    public static Optional<Measure> find(String name) {
        if (name.matches("p\\d{1,2}(\\.\\d{1,4})?")) {
            return Optional.of(new Measure(name, Kind.QUANTILE, Double.parseDouble(name.substring(1)) / 100));
        }
        return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.QUANTILE)
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                .map(kind -> new Measure(name, kind, 0));
    }

    /** The names there are. */
    public static List<String> names() {
        return List.of("count", "sum", "min", "max", "mean", "variance", "stddev", "distinct", "p50", "p99", "p99.9");
    }
}
