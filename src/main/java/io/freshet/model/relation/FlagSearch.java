package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;

/** Finds groups of flags of which at most one, or exactly one, is set in each row. */
final class FlagSearch {

    /** Two flags are only independent. */
    private static final int MIN_FLAGS = 3;

    private final TableColumns table;

    FlagSearch(TableColumns table) {
        this.table = table;
    }

    /**
     * Returns the relations of each group, those of earlier columns first.
     *
     * @param isOpen whether a column may follow from others
     */
    List<Candidate> find(IntPredicate isOpen) {
        List<Integer> open = new ArrayList<>(
                IntStream.range(0, table.columns()).filter(isOpen).filter(this::isFlag).boxed().toList());
        List<Candidate> found = new ArrayList<>();
        while (open.size() >= MIN_FLAGS) {
            List<Integer> group = group(open);
            if (group.size() >= MIN_FLAGS) {
                found.addAll(candidates(group));
                open.removeAll(group);
            } else {
                open.remove(0);
            }
        }
        return found;
    }

    /** Returns whether a column has no missing values, and both and only the values of a flag. */
    boolean isFlag(int column) {
        if (table.schema().column(column).nullable()) {
            return false;
        }
        if (table.schema().column(column).type() instanceof ColumnType.Bool) {
            return true;
        }
        return table.schema().column(column).type() instanceof ColumnType.Whole && table.spread(column) > 0
                && java.util.Arrays.stream(table.numbers(column)).allMatch(value -> value == 0 || value == 1);
    }

    private boolean isSet(int column, int place) {
        return table.isNumeric(column) ? table.numbers(column)[place] == 1
                : ((CodedVector) table.batch().vector(column)).codes()[table.row(place)] == 1;
    }

    /** Returns the first flag with all flags that are never set together with it or with each other. */
    private List<Integer> group(List<Integer> flags) {
        List<Integer> group = new ArrayList<>();
        boolean[] set = new boolean[table.rows()];
        int marked = 0;
        for (int flag : flags) {
            int own = 0;
            boolean apart = true;
            for (int place = 0; place < set.length && apart; place++) {
                boolean is = isSet(flag, place);
                own += is ? 1 : 0;
                apart = !is || !set[place];
            }
            boolean last = marked + own == set.length;
            if (apart && own > 0 && (group.isEmpty() || last || chance(own, marked) >= TableColumns.MIN_EVIDENCE)) {
                group.add(flag);
                marked += own;
                for (int place = 0; place < set.length; place++) {
                    set[place] |= isSet(flag, place);
                }
            }
        }
        return group;
    }

    /** Returns the expected number of rows in which independent flags would be set together. */
    private double chance(int rows, int others) {
        return (double) rows * others / table.rows();
    }

    private List<Candidate> candidates(List<Integer> group) {
        boolean one = IntStream.range(0, table.rows()).allMatch(place -> group.stream().anyMatch(flag -> isSet(flag, place)));
        List<Candidate> candidates = new ArrayList<>();
        int marked = count(group.get(0));
        for (int i = 1; i < group.size(); i++) {
            int own = count(group.get(i));
            ExclusiveFlag relation = new ExclusiveFlag(group.get(i), group.subList(0, i), one && i == group.size() - 1);
            candidates.add(Candidate.of(relation, new RuleCheck.Evidence(table.rows(), 0, chance(own, marked))));
            marked += own;
        }
        return candidates;
    }

    private int count(int flag) {
        return (int) IntStream.range(0, table.rows()).filter(place -> isSet(flag, place)).count();
    }
}
