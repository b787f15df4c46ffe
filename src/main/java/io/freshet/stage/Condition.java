package io.freshet.stage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A question about a record that is answered with yes or no. Thread-safe. */
@FunctionalInterface
public interface Condition {

    /**
     * @param now milliseconds since 1970, for times that are relative
     */
    boolean test(Map<String, @Nullable Object> fields, long now);

    /** Yes if all say yes; yes for none. */
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

    /** Yes if one says yes; no for none. */
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

    /** What an expression says that is true or false. */
    static Condition of(Expression expression) {
        return expression::isTrue;
    }

    static Condition not(Condition condition) {
        return (fields, now) -> !condition.test(fields, now);
    }
}
