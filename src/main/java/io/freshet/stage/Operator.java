package io.freshet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a field is compared. */
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

    /** The name in definitions. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Operator> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(Operator::id).toList();
    }

    /** Whether it asks which of two comes first. */
    public boolean isOrder() {
        return ordinal() >= GREATER_THAN.ordinal();
    }

    /** Whether the order of two, negative, 0 or positive, is the wanted one. */
    boolean holds(int order) {
        return switch (this) {
            case GREATER_THAN -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case LESS_THAN -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            default -> throw new IllegalStateException(id() + " is no order");
        };
    }
}
