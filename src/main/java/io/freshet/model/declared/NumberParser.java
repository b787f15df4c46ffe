package io.freshet.model.declared;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.freshet.table.ColumnType;

/** Parses distributions of numbers. */
final class NumberParser {

    private static final int MAX_DIGITS = 9;
    private static final int MAX_ZIPF = 1_000_000;
    private static final int MAX_POISSON = 1_000_000;
    /** The largest whole number that is drawn; beyond it, doubles and many consumers lose digits. */
    private static final long LARGEST_WHOLE = 1L << 61;
    private static final long LARGEST_SCALED = (1L << 53) - 1;

    private final Spec how;
    private final Spec all;
    private final ColumnType type;
    private final int digits;

    private NumberParser(Spec how, Spec all, int digits) {
        this.how = how;
        this.all = all;
        this.digits = digits;
        this.type = digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits);
    }

    static Law law(String kind, Spec how, Spec all) {
        NumberParser parser = new NumberParser(how, all, digits(kind, how, all));
        return switch (kind) {
            case "sequence" -> parser.sequence();
            case "uniform" -> parser.uniform();
            case "normal" -> parser.of(new Distribution.Gaussian(parser.object("mean", "sd").get("mean").number(),
                    how.get("sd").positive()));
            case "lognormal" -> parser.logNormal();
            case "exponential" -> parser.of(new Distribution.Exponential(parser.object("mean").get("mean").positive()));
            case "poisson" -> parser.poisson();
            default -> parser.zipf();
        };
    }

    private static int digits(String kind, Spec how, Spec all) {
        String type = all.find("type").map(Spec::text).orElse("");
        if (!type.isEmpty() && !type.equals("integer") && !type.equals("decimal")) {
            throw all.get("type").wrong("must be integer or decimal");
        }
        if (type.equals("integer") || kind.equals("sequence") || kind.equals("poisson") || kind.equals("zipf")) {
            return 0;
        }
        int shown = Math.max(shown(how, "min", "max", "mean", "sd", "median"), shown(all, "min", "max", "multiple_of"));
        boolean whole = kind.equals("uniform") && shown == 0 && !type.equals("decimal");
        return all.find("digits").map(digits -> digits.whole(0, MAX_DIGITS)).orElse(whole ? 0 : Math.max(2, shown));
    }

    /** Returns the most digits after the decimal point of some numbers. */
    private static int shown(Spec spec, String... names) {
        int most = 0;
        for (String name : names) {
            most = Math.max(most, spec.json().isObject() ? spec.find(name).map(Spec::decimal)
                    .map(number -> number.stripTrailingZeros().scale()).orElse(0) : 0);
        }
        return Math.min(most, MAX_DIGITS);
    }

    private Spec object(String... allowed) {
        return how.object(allowed);
    }

    private long scaled(Spec bound, RoundingMode rounding) {
        BigDecimal scaled = bound.decimal().movePointRight(digits).setScale(0, rounding);
        BigDecimal limit = BigDecimal.valueOf(digits == 0 ? LARGEST_WHOLE : LARGEST_SCALED);
        return scaled.min(limit).max(limit.negate()).longValueExact();
    }

    private long step() {
        return all.find("multiple_of").map(multiple -> {
            BigDecimal scaled = multiple.decimal().movePointRight(digits);
            if (scaled.signum() <= 0 || scaled.stripTrailingZeros().scale() > 0) {
                throw multiple.wrong("must be positive, and have no more digits than the column");
            }
            return scaled.longValueExact();
        }).orElse(1L);
    }

    private Grid grid(long min, long max) {
        long from = Math.max(min, all.find("min").map(bound -> scaled(bound, RoundingMode.CEILING)).orElse(min));
        long to = Math.min(max, all.find("max").map(bound -> scaled(bound, RoundingMode.FLOOR)).orElse(max));
        Grid grid = Grid.between(type, step(), from, to);
        if (grid.isEmpty()) {
            throw all.wrong("has no value in its range");
        }
        return grid;
    }

    private Law of(Distribution distribution) {
        if (all.flag("unique")) {
            throw all.wrong("cannot be unique; use sequence, or uniform over enough numbers");
        }
        long limit = digits == 0 ? LARGEST_SCALED : LARGEST_SCALED >> 1;
        return NumberLaw.of(grid(-limit, limit), distribution);
    }

    private Law uniform() {
        object("min", "max");
        Grid grid = grid(scaled(how.get("min"), RoundingMode.CEILING), scaled(how.get("max"), RoundingMode.FLOOR));
        return all.flag("unique") ? new KeyLaw(grid, true) : NumberLaw.uniform(grid);
    }

    private Law sequence() {
        object("start", "step", "end");
        long start = how.find("start").map(bound -> scaled(bound, RoundingMode.UNNECESSARY)).orElse(1L);
        long step = how.find("step").map(bound -> scaled(bound, RoundingMode.UNNECESSARY)).orElse(1L);
        if (step == 0) {
            throw how.get("step").wrong("must not be 0");
        }
        long end = how.find("end").map(bound -> scaled(bound, RoundingMode.FLOOR))
                .orElse(step > 0 ? LARGEST_WHOLE : -LARGEST_WHOLE);
        long count = (end - start) / step + 1;
        if (count < 1) {
            throw how.wrong("ends before it starts");
        }
        return new KeyLaw(Grid.from(type, start, step, count), false);
    }

    private Law logNormal() {
        object("mean", "sd", "median", "sigma");
        if (how.has("median")) {
            return of(new Distribution.LogNormal(StrictMath.log(how.get("median").positive()), how.get("sigma").positive()));
        }
        double mean = how.get("mean").positive();
        double ratio = how.get("sd").positive() / mean;
        double variance = StrictMath.log1p(ratio * ratio);
        return of(new Distribution.LogNormal(StrictMath.log(mean) - variance / 2, StrictMath.sqrt(variance)));
    }

    private Law poisson() {
        double mean = object("mean").get("mean").positive();
        if (mean > MAX_POISSON) {
            throw how.get("mean").wrong("must be at most " + MAX_POISSON);
        }
        return of(Distribution.Counted.poisson(mean));
    }

    private Law zipf() {
        object("exponent", "values");
        return of(Distribution.Counted.zipf(how.find("exponent").map(Spec::positive).orElse(1.0),
                how.get("values").whole(1, MAX_ZIPF)));
    }
}
