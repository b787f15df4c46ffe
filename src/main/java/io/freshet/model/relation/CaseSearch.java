package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds numbers that are calculated in different ways, depending on a column with a few names or numbers. */
final class CaseSearch {

    private static final int MAX_KEYS = 8;
    private static final int MAX_COLUMNS = 40;
    private static final int MIN_DISTINCT = 5;
    private static final double ROUNDING = .51;
    private static final double MAX_TOLERANCE = .05;

    private final TableColumns table;
    private final List<KeyColumn> keys;
    private final RelationSelection selection;
    private final Map<KeyColumn, int[][]> places = new IdentityHashMap<>();

    CaseSearch(TableColumns table, List<KeyColumn> keys, RelationSelection selection) {
        this.table = table;
        this.keys = keys.stream().filter(key -> key.keys().size() <= MAX_KEYS && key.used() > 1
                && IntStream.of(key.codes()).allMatch(code -> code >= 0)).toList();
        this.selection = selection;
    }

    /**
     * Adds for each number the simplest of the columns that say how it is calculated. Calculations that lose nothing to
     * rounding come first: a price follows from a quantity, rather than the quantity from the price.
     */
    void addAll() {
        for (boolean lossless : new boolean[] { true, false }) {
            for (int target : table.varying(false)) {
                if (!selection.isDecided(target)) {
                    add(target, lossless);
                }
            }
        }
    }

    private void add(int target, boolean lossless) {
        for (Candidate candidate : find(target)) {
            if ((!lossless || isLossless((Cases) candidate.directions().get(0))) && selection.add(candidate) != null) {
                return;
            }
        }
    }

    /** Returns whether different numbers of a source give different results. */
    private boolean isLossless(Cases cases) {
        return cases.calculations().stream().allMatch(each -> !(each instanceof Formula formula)
                || Math.abs(formula.factor()) * table.step(formula.source()) >= table.step(formula.target()));
    }

    /** Returns the ways in which a column may be calculated, those with the fewest keys first. */
    private List<Candidate> find(int target) {
        double tolerance = ROUNDING * table.step(target);
        if (table.varying(false).length > MAX_COLUMNS || tolerance > MAX_TOLERANCE * table.spread(target)) {
            return List.of();
        }
        return keys.stream().filter(key -> key.column() != target && selection.mayFollow(target, key.column()))
                .sorted(Comparator.<KeyColumn> comparingInt(KeyColumn::used).thenComparingInt(KeyColumn::column))
                .flatMap(key -> check(target, key, tolerance).stream()).toList();
    }

    /** Returns the positions of the rows of each key. */
    private static int[][] places(KeyColumn key) {
        int[][] places = new int[key.keys().size() + 1][];
        for (int k = 0; k < places.length; k++) {
            places[k] = new int[key.counts()[k]];
        }
        int[] filled = new int[places.length];
        for (int place = 0; place < key.codes().length; place++) {
            int code = key.codes()[place];
            places[code][filled[code]++] = place;
        }
        return places;
    }

    private Optional<Candidate> check(int target, KeyColumn key, double tolerance) {
        List<Calculation> calculations = new ArrayList<>();
        List<Integer> choices = new ArrayList<>();
        double chance = 0;
        int rows = 0;
        int[][] byKey = places.computeIfAbsent(key, CaseSearch::places);
        for (int k = 0; k <= key.keys().size(); k++) {
            int[] all = byKey[k];
            int[] present = IntStream.of(all).filter(place -> !Double.isNaN(table.numbers(target)[place])).toArray();
            if (present.length == 0) {
                choices.add(-1);
                continue;
            }
            Optional<Calculation> found = present.length < Math.max(TableColumns.MIN_EVIDENCE, all.length)
                    ? Optional.empty()
                    : new CaseCalculation(table, target, present, tolerance)
                            .find(source -> selection.mayFollow(target, source));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Calculation calculation = found.get();
            if (!calculations.contains(calculation)) {
                calculations.add(calculation);
            }
            choices.add(calculations.indexOf(calculation));
            chance += calculation instanceof FixedNumber ? 0 : present.length;
            rows += present.length;
        }
        boolean cases = calculations.size() > 1 || choices.contains(-1) && !calculations.isEmpty() && key.used() > 1;
        return cases && calculations.stream().anyMatch(each -> !(each instanceof FixedNumber)) && chance >= MIN_DISTINCT
                ? Optional.of(Candidate.of(new Cases(target, key.keys(), choices, calculations),
                        new RuleCheck.Evidence(rows, 0, chance)))
                : Optional.empty();
    }
}
