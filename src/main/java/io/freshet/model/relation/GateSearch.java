package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

import io.freshet.table.ColumnVector;

/** Finds columns that are missing, or have one special number, in all rows in which another column has a certain value. */
final class GateSearch {

    /** A number that occurs in a smaller share of the rows is not special. */
    private static final double MIN_SHARE = .02;

    private static final Comparator<Candidate> SIMPLEST = Comparator.comparingInt(GateSearch::rank)
            .thenComparingInt(candidate -> ((Gate) candidate.directions().get(0)).key().size());

    private final TableColumns table;
    private final List<KeyColumn> keys;

    GateSearch(TableColumns table, List<KeyColumn> keys) {
        this.table = table;
        this.keys = keys;
    }

    /** Returns the gates of a column, the most informative first. */
    List<Candidate> find(int target) {
        List<Candidate> found = new ArrayList<>();
        ColumnVector vector = table.batch().vector(target);
        if (table.schema().column(target).nullable() && isKept(target)) {
            found.addAll(find(target, place -> vector.isMissing(table.row(place)), List.of(), 0));
        }
        if (table.isNumeric(target) && table.spread(target) > 0) {
            double[] numbers = table.numbers(target);
            double unit = NumberColumn.unit(table.schema().column(target));
            for (double number : specials(table.sorted(target))) {
                found.addAll(find(target, place -> numbers[place] == number,
                        List.of(table.step(target) == 0 ? number : Math.rint(number * unit)),
                        fallback(target, number)));
            }
        }
        return found;
    }

    /** Returns zero and the most common number. */
    private static double[] specials(double[] sorted) {
        double commonest = 0;
        int max = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            for (to = from; to < sorted.length && sorted[to] == sorted[from]; to++) {
                // find the end of the run of equal numbers
            }
            commonest = to - from > max ? sorted[from] : commonest;
            max = Math.max(max, to - from);
        }
        return commonest == 0 ? new double[] { 0 } : new double[] { 0, commonest };
    }

    /** Returns whether a model draws the column together with the others. Texts are drawn separately. */
    private boolean isKept(int target) {
        return !(table.batch().vector(target) instanceof io.freshet.table.TextVector);
    }

    /** Returns a number other than the special one, in steps: the mean of all other numbers. */
    private double fallback(int target, double special) {
        double unit = NumberColumn.unit(table.schema().column(target));
        double mean = Arrays.stream(table.numbers(target)).filter(value -> !Double.isNaN(value) && value != special)
                .average().orElse(1) * unit;
        boolean floating = table.step(target) == 0;
        return floating ? mean : Math.round(mean) == Math.round(special * unit) ? Math.round(mean) + 1 : Math.round(mean);
    }

    private List<Candidate> find(int target, IntPredicate isSpecial, List<Double> special, double fallback) {
        boolean[] marks = new boolean[table.rows()];
        int all = 0;
        for (int place = 0; place < marks.length; place++) {
            marks[place] = isSpecial.test(place);
            all += marks[place] ? 1 : 0;
        }
        int rest = marks.length - all;
        if (all < Math.max(TableColumns.MIN_EVIDENCE, MIN_SHARE * marks.length) || rest < TableColumns.MIN_EVIDENCE) {
            return List.of();
        }
        List<Candidate> decided = new ArrayList<>();
        List<Candidate> open = new ArrayList<>();
        for (KeyColumn key : keys) {
            if (key.column() != target) {
                check(target, key, marks, all / (double) marks.length, special, fallback)
                        .ifPresent(gate -> (isOpen(gate) ? open : decided).add(gate));
            }
        }
        decided.sort(SIMPLEST);
        decided.addAll(open);
        return decided;
    }

    private static int rank(Candidate candidate) {
        Keys key = ((Gate) candidate.directions().get(0)).key();
        return key instanceof Keys.Names ? 0
                : key instanceof Keys.Presence ? 1
                        : key instanceof Keys.Numbers ? 2 : key instanceof Keys.Zero ? 3 : 4;
    }

    private static boolean isOpen(Candidate candidate) {
        return ((Gate) candidate.directions().get(0)).states().contains(Gate.State.OPEN);
    }

    private Optional<Candidate> check(int target, KeyColumn key, boolean[] marks, double share, List<Double> special,
            double fallback) {
        int size = key.keys().size() + 1;
        int[] rows = new int[size];
        int[] marked = new int[size];
        for (int place = 0; place < marks.length; place++) {
            int code = key.codes()[place];
            if (code >= 0) {
                rows[code]++;
                marked[code] += marks[place] ? 1 : 0;
            }
        }
        List<Gate.State> states = new ArrayList<>();
        double chance = 0;
        boolean mixed = false;
        for (int k = 0; k < size; k++) {
            boolean is = rows[k] > 0 && marked[k] == rows[k];
            mixed |= rows[k] > 0 && marked[k] > 0 && !is;
        }
        int covered = 0;
        boolean closes = false;
        for (int k = 0; k < size; k++) {
            boolean is = rows[k] > 0 && marked[k] == rows[k];
            double surprise = rows[k] * (is ? 1 - share : share);
            boolean decided = !mixed || is && surprise >= TableColumns.MIN_EVIDENCE;
            Gate.State state = rows[k] == 0 || !decided ? Gate.State.OPEN : is ? Gate.State.CLOSED : Gate.State.NEVER;
            states.add(rows[k] == 0 && !mixed ? Gate.State.NEVER : state);
            chance += state == Gate.State.OPEN ? 0 : surprise;
            covered += state == Gate.State.OPEN ? 0 : rows[k];
            closes |= state == Gate.State.CLOSED;
        }
        return !closes || chance < TableColumns.MIN_EVIDENCE ? Optional.empty()
                : Optional.of(Candidate.of(new Gate(target, key.keys(), states, special, fallback),
                        new RuleCheck.Evidence(covered, 0, chance)));
    }
}
