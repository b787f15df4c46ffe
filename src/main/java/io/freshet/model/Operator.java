package io.freshet.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a condition compares a column's value with its operands. A missing value satisfies only {@code is_null: true}. */
public enum Operator {
    EQ,
    NE,
    IN,
    NOT_IN,
    GT,
    GTE,
    LT,
    LTE,
    BETWEEN,
    IS_NULL;

    /** Returns the name in a condition. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the operator of a name; {@code value} is an alias of {@code eq}. */
    public static Optional<Operator> find(String id) {
        return id.equals("value") ? Optional.of(EQ)
                : Arrays.stream(values()).filter(operator -> operator.id().equals(id)).findFirst();
    }

    /** Returns all names, for error messages. */
    public static String ids() {
        return "value, " + Arrays.stream(values()).map(Operator::id).collect(Collectors.joining(", "));
    }
}
