package io.freshet.model;

import java.util.List;

/** Conditions on the columns of a row, all of which must hold. */
public record Conditions(List<ColumnCondition> conditions) {

    private static final Conditions NONE = new Conditions(List.of());

    public Conditions {
        conditions = List.copyOf(conditions);
    }

    public static Conditions none() {
        return NONE;
    }

    public boolean isEmpty() {
        return conditions.isEmpty();
    }
}
