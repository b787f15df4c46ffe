package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.table.ColumnType;

/** Finds dates that are the same in two columns, or that are always as far apart. */
final class DateCopySearch {

    private final TableColumns table;

    DateCopySearch(TableColumns table) {
        this.table = table;
    }

    List<Candidate> find() {
        List<Candidate> found = new ArrayList<>();
        int[] dates = IntStream.of(table.varying(true)).filter(this::hasDate).toArray();
        for (int i = 0; i < dates.length; i++) {
            for (int j = i + 1; j < dates.length; j++) {
                int one = dates[i];
                int other = dates[j];
                check(other, one).or(() -> check(one, other)).ifPresent(found::add);
            }
        }
        return found;
    }

    private boolean hasDate(int column) {
        return ((ColumnType.DateTime) table.schema().column(column).type()).format().hasDate();
    }

    private Optional<Candidate> check(int target, int source) {
        double factor = NumberColumn.factor(table.schema().column(source), table.schema().column(target));
        double[] from = table.numbers(source);
        double[] to = table.numbers(target);
        int first = 0;
        while (first < to.length && (Double.isNaN(from[first]) || Double.isNaN(to[first]))) {
            first++;
        }
        if (first == to.length) {
            return Optional.empty();
        }
        long distance = (long) (to[first] - DateCopy.ticks(from[first], factor));
        DateCopy copy = new DateCopy(target, source, distance);
        return new RuleCheck(table, source, target)
                .of(values -> DateCopy.ticks(values[0], factor) + distance != values[1])
                .filter(evidence -> evidence.broken() == 0).map(evidence -> Candidate.of(copy, evidence));
    }
}
