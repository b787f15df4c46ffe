package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds columns that are sums of two to four others, one of which may be subtracted. */
final class SumSearch {

    private static final int MAX_ADDENDS = 4;
    /** In wide tables, only sums with fewer addends are searched. */
    private static final double MAX_CANDIDATES = 3e6;
    /** A sum with a larger error, relative to the spread of the target, is not useful. */
    private static final double MAX_TOLERANCE = .02;
    private static final double ROUNDING = .51;

    private final TableColumns table;
    private final int[] columns;
    private final Set<Set<Integer>> known = new HashSet<>();
    private final List<Candidate> found = new ArrayList<>();

    SumSearch(TableColumns table) {
        this.table = table;
        this.columns = IntStream.of(table.varying(false)).filter(this::isLive).toArray();
    }

    /** Returns whether a column may be an addend. A column that is nearly always zero may not. */
    private boolean isLive(int column) {
        double[] numbers = table.numbers(column);
        return IntStream.range(0, numbers.length).filter(i -> Math.abs(numbers[i]) > 0)
                .limit((long) TableColumns.MIN_EVIDENCE).count() >= TableColumns.MIN_EVIDENCE;
    }

    List<Candidate> find() {
        for (int size = 2; size <= MAX_ADDENDS && candidates(size) <= MAX_CANDIDATES; size++) {
            for (int target : columns) {
                choose(target, new int[size], 0, 0);
            }
        }
        return found;
    }

    private double candidates(int size) {
        double count = columns.length;
        for (int i = 0; i < size; i++) {
            count *= (columns.length - 1 - i) / (i + 1.);
        }
        return count;
    }

    private void choose(int target, int[] addends, int chosen, int from) {
        if (chosen == addends.length) {
            check(target, addends.clone());
            return;
        }
        for (int i = from; i < columns.length; i++) {
            if (columns[i] != target) {
                addends[chosen] = columns[i];
                choose(target, addends, chosen + 1, i + 1);
            }
        }
    }

    private void check(int target, int[] addends) {
        tryRule(target, addends, 0);
        // a + b - c = d is the same as a + b = c + d, so three addends with one subtracted cover all such sums
        if (addends.length == MAX_ADDENDS - 1) {
            for (int i = 0; i < addends.length; i++) {
                if (addends[i] > target) {
                    tryRule(target, addends, 1 << i);
                }
            }
        }
    }

    private void tryRule(int target, int[] addends, int negative) {
        Set<Integer> all = new HashSet<>();
        all.add(target);
        IntStream.of(addends).forEach(all::add);
        double tolerance = tolerance(target, addends);
        int[] indices = IntStream.concat(IntStream.of(target), IntStream.of(addends)).toArray();
        RuleCheck check = new RuleCheck(table, indices);
        RowRule exact = rule(negative, 1e-9 * (1 + table.spread(target)));
        Optional<RuleCheck.Evidence> evidence = check.of(exact);
        double used = 0;
        if (evidence.isEmpty() && tolerance <= MAX_TOLERANCE * table.spread(target)) {
            evidence = check.of(rule(negative, tolerance));
            used = tolerance;
        }
        if (evidence.isPresent() && !isKnown(all) && !hasIdle(target, addends, negative, used)) {
            known.add(all);
            found.add(candidate(target, addends, negative, used, evidence.get()));
        }
    }

    private boolean isKnown(Set<Integer> all) {
        return known.stream().anyMatch(all::equals);
    }

    private double tolerance(int target, int[] addends) {
        double whole = table.step(target);
        double sum = ROUNDING * whole;
        for (int addend : addends) {
            sum += ROUNDING * table.step(addend);
        }
        // sums of integers are exact
        return whole == 1 && IntStream.of(addends).allMatch(addend -> table.step(addend) == 1) ? 0 : sum;
    }

    private static RowRule rule(int negative, double tolerance) {
        return values -> {
            double sum = -values[0];
            for (int i = 1; i < values.length; i++) {
                sum += (negative >> (i - 1) & 1) == 1 ? -values[i] : values[i];
            }
            return Math.abs(sum) > tolerance;
        };
    }

    /** Returns whether the remaining addends give the target even if one of them is left out. */
    private boolean hasIdle(int target, int[] addends, int negative, double tolerance) {
        for (int idle = 0; idle < addends.length; idle++) {
            int without = idle + 1;
            RowRule rest = values -> {
                double sum = -values[0];
                for (int i = 1; i < values.length; i++) {
                    sum += i == without ? 0 : (negative >> (i - 1) & 1) == 1 ? -values[i] : values[i];
                }
                return Math.abs(sum) > tolerance + 1e-9;
            };
            int[] indices = IntStream.concat(IntStream.of(target), IntStream.of(addends)).toArray();
            RuleCheck check = new RuleCheck(table, indices);
            if (check.broken(rest) < TableColumns.MIN_EVIDENCE) {
                return true;
            }
        }
        return false;
    }

    private Candidate candidate(int target, int[] addends, int negative, double tolerance, RuleCheck.Evidence evidence) {
        List<Relation> directions = new ArrayList<>();
        List<Integer> sources = IntStream.of(addends).boxed().toList();
        List<Integer> signs = IntStream.range(0, addends.length).map(i -> (negative >> i & 1) == 1 ? -1 : 1).boxed().toList();
        directions.add(new LinearSum(target, sources, signs, 1, false, 0, tolerance));
        for (int solved = addends.length - 1; solved >= 0; solved--) {
            List<Integer> others = new ArrayList<>(List.of(target));
            List<Integer> otherSigns = new ArrayList<>(List.of(signs.get(solved)));
            for (int i = 0; i < addends.length; i++) {
                if (i != solved) {
                    others.add(addends[i]);
                    otherSigns.add(-signs.get(i) * signs.get(solved));
                }
            }
            directions.add(new LinearSum(addends[solved], others, otherSigns, 1, false, 0, tolerance));
        }
        return new Candidate(directions, evidence);
    }
}
