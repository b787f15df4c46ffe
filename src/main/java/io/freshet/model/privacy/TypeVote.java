package io.freshet.model.privacy;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;

/**
 * Buys the type of a column that has none declared: each value votes for the narrowest type that it fits, and the noisy counts
 * decide. A few values may differ; they count as missing.
 */
final class TypeVote {

    private static final int MAX_DIGITS = 6;
    /** The votes after those for numbers of 0 to 6 digits. */
    private static final int DATE = MAX_DIGITS + 1;
    private static final int TIME = MAX_DIGITS + 2;
    private static final int OTHER = MAX_DIGITS + 3;
    private static final double MOST = .95;
    private static final int MAX_LENGTH = 24;

    static final DateTimeFormat DATES = DateTimeFormat.of("uuuu-MM-dd", ChronoUnit.DAYS);
    static final DateTimeFormat TIMES = DateTimeFormat.of("uuuu-MM-dd'T'HH:mm:ss", ChronoUnit.SECONDS);

    private TypeVote() {
    }

    static ColumnType of(NoisyQueries queries, RawTable table, int column, double rho) {
        long[] votes = new long[OTHER + 1];
        for (int row = 0; row < table.rows(); row++) {
            String text = table.text(column, row);
            if (text != null) {
                votes[vote(text)]++;
            }
        }
        double[] noisy = queries.counts(votes, rho).values();
        double all = Arrays.stream(noisy).sum();
        double numbers = Arrays.stream(noisy, 0, DATE).sum();
        if (numbers >= MOST * all) {
            return ofDigits(noisy, numbers);
        }
        double dates = noisy[DATE] + noisy[TIME];
        return dates < MOST * all ? new ColumnType.Categorical()
                : new ColumnType.DateTime(noisy[TIME] > dates / 2 ? TIMES : DATES);
    }

    private static ColumnType ofDigits(double[] votes, double numbers) {
        double sum = 0;
        for (int digits = 0; digits < MAX_DIGITS; digits++) {
            sum += votes[digits];
            if (sum >= MOST * numbers) {
                return digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits);
            }
        }
        return new ColumnType.Decimal(MAX_DIGITS);
    }

    private static int vote(String text) {
        if (text.length() > MAX_LENGTH) {
            return OTHER;
        }
        if (!Double.isNaN(NumberReading.of(text, new ColumnType.Floating()))) {
            return Math.min(MAX_DIGITS, NumberReading.digits(text));
        }
        for (DateTimeFormat format : List.of(DATES, TIMES)) {
            if (format.read(text).isPresent()) {
                return TIMES.accepts(text) ? TIME : DATE;
            }
        }
        return OTHER;
    }
}
