package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds flags and names that say which of two numbers, or of two dates, is greater. */
final class ComparisonSearch {

    private static final int MAX_VALUES = 3;
    private static final int MAX_COLUMNS = 30;

    private final TableColumns table;

    ComparisonSearch(TableColumns table) {
        this.table = table;
    }

    /** @param targets the columns that may follow from a comparison */
    List<Candidate> find(List<KeyColumn> targets) {
        List<KeyColumn> few = targets.stream().filter(target -> target.used() <= MAX_VALUES).toList();
        List<KeyColumn> keys = few.isEmpty() ? List.of() : keys();
        DependencySearch search = new DependencySearch(table, keys);
        List<Candidate> found = new ArrayList<>();
        for (KeyColumn target : few) {
            search.ofOne(target).stream()
                    .filter(candidate -> candidate.evidence().broken() == 0 && compares(candidate, keys, target.column()))
                    .forEach(found::add);
        }
        return found;
    }

    /** Returns whether two orders that occur give different values, so that it is not a missing one that decides. */
    private static boolean compares(Candidate candidate, List<KeyColumn> keys, int target) {
        Lookup lookup = (Lookup) candidate.directions().get(0);
        KeyColumn key = keys.stream().filter(known -> known.keys().equals(lookup.keys().get(0))).findFirst().orElseThrow();
        return !lookup.sources().contains(target) && IntStream.range(0, key.keys().size())
                .filter(order -> key.counts()[order] >= TableColumns.MIN_EVIDENCE).map(order -> lookup.table().get(order))
                .distinct().count() > 1;
    }

    private List<KeyColumn> keys() {
        List<KeyColumn> keys = new ArrayList<>();
        for (boolean dates : new boolean[] { true, false }) {
            int[] columns = table.varying(dates);
            for (int i = 0; i < columns.length && columns.length <= MAX_COLUMNS; i++) {
                for (int j = i + 1; j < columns.length; j++) {
                    KeyColumn key = KeyColumn.of(table, new Keys.Order(columns[i], columns[j]));
                    if (key.used() > 1) {
                        keys.add(key);
                    }
                }
            }
        }
        return keys;
    }
}
