package io.freshet.stage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A condition on a record. Thread-safe. */
@FunctionalInterface
public interface Condition {

    /** @param now the current time in milliseconds since 1970, for relative times */
    boolean test(Map<String, @Nullable Object> fields, long now);

    /** Returns a condition that is true if all of these are true, and true for an empty list. */
    static Condition all(List<Condition> conditions) {
        Condition[] each = conditions.toArray(Condition[]::new);
        return each.length == 1 ? each[0] : (fields, now) -> {
            for (Condition condition : each) {
                if (!condition.test(fields, now)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Returns a condition that is true if any of these is true, and false for an empty list. */
    static Condition any(List<Condition> conditions) {
        Condition[] each = conditions.toArray(Condition[]::new);
        return (fields, now) -> {
            for (Condition condition : each) {
                if (condition.test(fields, now)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Returns the condition that a boolean expression states. */
    static Condition of(Expression expression) {
        return expression::isTrue;
    }

    static Condition not(Condition condition) {
        return (fields, now) -> !condition.test(fields, now);
    }
}
