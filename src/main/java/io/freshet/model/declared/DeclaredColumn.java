package io.freshet.model.declared;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.stage.Expression;
import io.freshet.table.Column;

/**
 * A column of a declared model.
 *
 * @param path the names of the objects around it, and its own
 * @param value how its values are drawn
 * @param nullIf the condition under which it is missing whatever was drawn; null without a condition
 * @param hidden whether it only serves formulas
 */
record DeclaredColumn(List<String> path, Value value, @Nullable Expression nullIf, boolean hidden) {

    DeclaredColumn {
        path = List.copyOf(path);
    }

    String name() {
        return String.join(".", path);
    }

    /** Returns whether it must be computed after the columns that it reads. */
    boolean isComputed() {
        return value.law() instanceof FormulaLaw || nullIf != null;
    }

    boolean mayMiss() {
        return value.mayMiss() || nullIf != null;
    }

    Column column() {
        return new Column(name(), value.law().type(), mayMiss(), path);
    }

    /** Returns whether this is the object that another column is a member of. */
    boolean holds(DeclaredColumn other) {
        return other.path.size() > path.size() && other.path.subList(0, path.size()).equals(path);
    }
}
