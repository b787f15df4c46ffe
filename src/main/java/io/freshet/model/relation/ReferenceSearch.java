package io.freshet.model.relation;

import java.util.Optional;
import java.util.stream.DoubleStream;

import io.freshet.table.ColumnType;

/**
 * Finds integers that are identifiers, such as customer numbers: a number between two of them need not exist. Either all their
 * differences are multiples of an unusual step, or the name of the column suggests an identifier.
 */
final class ReferenceSearch {

    private static final int MIN_VALUES = 20;
    /** The smallest share of rows whose value must be common enough to be disclosed. */
    private static final double MIN_TOLD = .3;

    private final TableColumns table;

    ReferenceSearch(TableColumns table) {
        this.table = table;
    }

    Optional<Candidate> find(KeyColumn keys) {
        int column = keys.column();
        if (!(table.schema().column(column).type() instanceof ColumnType.Whole)
                || table.step(column) < 1 || !(keys.keys() instanceof Keys.Numbers numbers) || numbers.size() < MIN_VALUES) {
            return Optional.empty();
        }
        double[] values = DoubleStream.of(table.numbers(column)).filter(value -> !Double.isNaN(value)).distinct().sorted()
                .toArray();
        long told = java.util.Arrays.stream(keys.codes()).filter(code -> code >= 0).count();
        double range = values[values.length - 1] - values[0] + 1;
        if (told < MIN_TOLD * table.rows() || values.length == range
                || !ReferenceNames.contain(table.schema().column(column).name())
                        && !hasOddStep(values)) {
            return Optional.empty();
        }
        return Optional.of(Candidate.of(new Reference(column, numbers.values()),
                new RuleCheck.Evidence(table.rows(), 0, table.rows() * (1 - values.length / range))));
    }

    /** Returns whether all differences share a factor other than two and five, which prices commonly share. */
    private static boolean hasOddStep(double[] sorted) {
        long step = 0;
        for (int i = 1; i < sorted.length; i++) {
            step = gcd(step, (long) (sorted[i] - sorted[i - 1]));
        }
        while (step > 1 && step % 2 == 0) {
            step /= 2;
        }
        while (step > 1 && step % 5 == 0) {
            step /= 5;
        }
        return step > 1;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
