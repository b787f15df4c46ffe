package io.freshet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operators that compare a field. */
public enum Operator {

    EQUALS,
    NOT_EQUALS,
    IN,
    NOT_IN,
    EXISTS,
    CONTAINS,
    MATCHES,
    GREATER_THAN,
    GREATER_OR_EQUAL,
    LESS_THAN,
    LESS_OR_EQUAL;

    /** Returns the name in definitions. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Operator> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(Operator::id).toList();
    }

    /** Returns whether the operator compares the order of two values. */
    public boolean isOrder() {
        return ordinal() >= GREATER_THAN.ordinal();
    }

    /** Returns whether the result of a comparison (negative, 0 or positive) satisfies the operator. */
    boolean holds(int order) {
        return switch (this) {
            case GREATER_THAN -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case LESS_THAN -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            default -> throw new IllegalStateException(id() + " does not compare the order of values");
        };
    }
}
