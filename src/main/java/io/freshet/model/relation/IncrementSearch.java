package io.freshet.model.relation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds dates that come only at regular distances. */
final class IncrementSearch {

    private static final int MIN_DISTINCT = 50;

    private final TableColumns table;

    IncrementSearch(TableColumns table) {
        this.table = table;
    }

    /** @param open accepts the columns that no other relation determines */
    List<Candidate> find(IntPredicate open) {
        return IntStream.of(table.varying(true)).filter(open).mapToObj(this::find).flatMap(Optional::stream).toList();
    }

    private Optional<Candidate> find(int date) {
        long[] ticks = Arrays.stream(table.numbers(date)).filter(value -> !Double.isNaN(value)).mapToLong(value -> (long) value)
                .sorted().distinct().toArray();
        long step = 0;
        for (int i = 1; i < ticks.length && step != 1; i++) {
            step = gcd(ticks[i] - ticks[i - 1], step);
        }
        double chance = step < 2 ? 0 : ticks.length * (1 - 1. / step);
        return ticks.length < MIN_DISTINCT || chance < TableColumns.MIN_EVIDENCE ? Optional.empty()
                : Optional.of(Candidate.of(new Increment(date, step, Math.floorMod(ticks[0], step)),
                        new RuleCheck.Evidence(table.rows(), 0, chance)));
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
