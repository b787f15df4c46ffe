package io.freshet.model.relation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers that a column of names determines, so that they had better not follow from anything else. */
final class NamedNumbers {

    private final DependencySearch search;
    private final List<KeyColumn> values;
    private final Map<Integer, Boolean> known = new HashMap<>();

    /** @param values the columns with few different values */
    NamedNumbers(TableColumns table, List<KeyColumn> values) {
        this.search = new DependencySearch(table,
                values.stream().filter(key -> key.keys() instanceof Keys.Names && key.used() > 2).toList());
        this.values = values;
    }

    boolean contain(int column) {
        return known.computeIfAbsent(column, target -> values.stream()
                .filter(key -> key.column() == target && key.keys() instanceof Keys.Numbers)
                .anyMatch(key -> search.ofOne(key).stream().anyMatch(found -> found.evidence().broken() == 0)));
    }
}
