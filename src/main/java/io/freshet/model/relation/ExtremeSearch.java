package io.freshet.model.relation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.freshet.table.ColumnType;

/** Finds numbers and dates that are the greatest or the least of some others. */
final class ExtremeSearch {

    private static final int MAX_SOURCES = 8;

    private final TableColumns table;
    private final IntPredicate open;

    /** @param open accepts the columns that no other relation determines */
    ExtremeSearch(TableColumns table, IntPredicate open) {
        this.table = table;
        this.open = open;
    }

    List<Candidate> find() {
        List<Candidate> found = new ArrayList<>();
        for (boolean dates : new boolean[] { false, true }) {
            int[] columns = table.varying(dates);
            for (int target : columns) {
                for (boolean greatest : new boolean[] { true, false }) {
                    if (open.test(target)) {
                        check(target, columns, greatest, found);
                    }
                }
            }
        }
        return found;
    }

    private void check(int target, int[] columns, boolean greatest, List<Candidate> found) {
        List<Integer> sources = new ArrayList<>(IntStream.of(columns)
                .filter(source -> source != target && isComparable(source, target) && isBound(source, target, greatest)).boxed()
                .toList());
        if (sources.size() < 2 || broken(target, sources, greatest) > 0) {
            return;
        }
        // a source is dropped if the others give the same results
        for (int i = sources.size() - 1; i >= 0 && sources.size() > 2; i--) {
            List<Integer> fewer = new ArrayList<>(sources);
            fewer.remove(i);
            if (broken(target, fewer, greatest) == 0) {
                sources.remove(i);
            }
        }
        boolean needed = IntStream.range(0, sources.size()).allMatch(i -> {
            List<Integer> fewer = new ArrayList<>(sources);
            fewer.remove(i);
            return broken(target, fewer, greatest) >= TableColumns.MIN_EVIDENCE;
        });
        if (needed && sources.size() <= MAX_SOURCES) {
            found.add(Candidate.of(new Extreme(target, sources, greatest, table.step(target) / 2),
                    new RuleCheck.Evidence(table.rows(), 0, table.rows())));
        }
    }

    private boolean isComparable(int source, int target) {
        return !table.isDate(target) || resolution(source).equals(resolution(target));
    }

    private Duration resolution(int column) {
        return ((ColumnType.DateTime) table.schema().column(column).type()).format().resolution().getDuration();
    }

    /** Returns whether a source never exceeds the target, or is never below it, and equals it in many rows. */
    private boolean isBound(int source, int target, boolean greatest) {
        double[] from = table.numbers(source);
        double[] to = table.numbers(target);
        int equal = 0;
        for (int place = 0; place < to.length; place++) {
            if (greatest ? from[place] > to[place] : from[place] < to[place]) {
                return false;
            }
            equal += from[place] == to[place] ? 1 : 0;
        }
        return equal >= TableColumns.MIN_EVIDENCE;
    }

    private int broken(int target, List<Integer> sources, boolean greatest) {
        double[] to = table.numbers(target);
        int broken = 0;
        for (int place = 0; place < to.length; place++) {
            double result = Double.NaN;
            for (int source : sources) {
                result = Extreme.of(result, table.numbers(source)[place], greatest);
            }
            broken += Double.isNaN(to[place]) == Double.isNaN(result) && !(result != to[place] && !Double.isNaN(result)) ? 0
                    : 1;
        }
        return broken;
    }
}
