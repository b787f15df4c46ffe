package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The order in which columns are drawn: those that formulas read before the formulas. */
final class ComputedOrder {

    private ComputedOrder() {
    }

    /** @throws DeclarationException if formulas depend on each other in a circle */
    static int[] of(List<DeclaredColumn> columns) {
        List<Integer> order = new ArrayList<>();
        Set<Integer> waiting = new LinkedHashSet<>();
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).isComputed()) {
                waiting.add(c);
            } else {
                order.add(c);
            }
        }
        while (!waiting.isEmpty()) {
            int next = waiting.stream().filter(c -> waiting.stream().noneMatch(other -> !other.equals(c)
                    && reads(columns.get(c), columns.get(other)))).findFirst().orElse(-1);
            if (next < 0) {
                DeclaredColumn first = columns.get(waiting.iterator().next());
                throw new DeclarationException(first.name(), "depends on itself through the formulas of other columns");
            }
            waiting.remove(next);
            order.add(next);
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean reads(DeclaredColumn column, DeclaredColumn other) {
        String top = other.path().get(0);
        String own = other.path().get(other.path().size() - 1);
        return names(column).stream().anyMatch(name -> name.equals(top) && other.path().size() == 1
                || name.equals(top) && !column.path().get(0).equals(top)
                || name.equals(own) && siblings(column, other));
    }

    private static boolean siblings(DeclaredColumn column, DeclaredColumn other) {
        return column.path().subList(0, column.path().size() - 1).equals(other.path().subList(0, other.path().size() - 1));
    }

    private static Set<String> names(DeclaredColumn column) {
        Set<String> names = new LinkedHashSet<>();
        if (column.value().law() instanceof FormulaLaw formula) {
            names.addAll(formula.formula().fields());
        }
        if (column.nullIf() != null) {
            names.addAll(column.nullIf().fields());
        }
        return names;
    }
}
