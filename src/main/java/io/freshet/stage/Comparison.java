package io.freshet.stage;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.freshet.event.FieldPath;
import io.freshet.event.Times;

/**
 * Conditions on one field. If the field is missing, null or of another type, {@code not_equals}, {@code not_in} and "does not
 * exist" are true and all other conditions are false. Numbers are compared as numbers, two times or a time and a relative time
 * as times, and other texts character by character.
 */
public final class Comparison {

    private Comparison() {
    }

    /**
     * @param expected a text, number, boolean or null, a list of these for {@code in} and {@code not_in}, or a {@link
     *        RelativeTime}
     * @throws IllegalArgumentException if this operator does not take such a value
     */
    public static Condition of(FieldPath field, Operator operator, @Nullable Object expected) {
        return switch (operator) {
            case EQUALS -> equal(field, expected);
            case NOT_EQUALS -> Condition.not(equal(field, expected));
            case IN -> in(field, expected);
            case NOT_IN -> Condition.not(in(field, expected));
            case EXISTS -> {
                boolean wanted = expected == null || Boolean.TRUE.equals(expected);
                yield (fields, now) -> (field.get(fields) != null) == wanted;
            }
            case CONTAINS -> contains(field, expected);
            case MATCHES -> matches(field, expected);
            default -> order(field, operator, expected);
        };
    }

    private static Condition equal(FieldPath field, @Nullable Object expected) {
        if (expected == null) {
            return (fields, now) -> field.exists(fields) && field.get(fields) == null;
        }
        if (expected instanceof RelativeTime time) {
            return (fields, now) -> compare(Times.millis(field.get(fields)), time.at(now), 0);
        }
        Object wanted = normal(expected);
        return (fields, now) -> {
            Object value = field.get(fields);
            return value != null && wanted.equals(normal(value));
        };
    }

    private static boolean compare(OptionalLong value, long expected, int order) {
        return value.isPresent() && Long.compare(value.getAsLong(), expected) == order;
    }

    private static Condition in(FieldPath field, @Nullable Object expected) {
        if (!(expected instanceof List<?> list)) {
            throw new IllegalArgumentException("must be a list of values");
        }
        Set<@Nullable Object> wanted = new HashSet<>();
        list.forEach(each -> wanted.add(each == null ? null : normal(each)));
        return (fields, now) -> {
            Object value = field.get(fields);
            return value == null ? wanted.contains(null) && field.exists(fields) : wanted.contains(normal(value));
        };
    }

    /** Normalises a value so that equal values are equal objects, whatever class a number has. */
    private static Object normal(Object value) {
        if (value instanceof Number number) {
            return value instanceof Long || value instanceof Integer ? wholeOrDouble(number) : (Object) number.doubleValue();
        }
        return value;
    }

    private static Object wholeOrDouble(Number number) {
        double asDouble = number.doubleValue();
        // a whole number that a double cannot represent equals only itself
        return (long) asDouble == number.longValue() ? (Object) asDouble : (Object) number.longValue();
    }

    private static Condition contains(FieldPath field, @Nullable Object expected) {
        if (expected == null) {
            throw new IllegalArgumentException("must be a text, a number or a boolean");
        }
        Object wanted = normal(expected);
        return (fields, now) -> {
            Object value = field.get(fields);
            if (value instanceof String text) {
                return expected instanceof String part && text.contains(part);
            }
            return value instanceof Collection<?> list
                    && list.stream().anyMatch(each -> each != null && wanted.equals(normal(each)));
        };
    }

    private static Condition matches(FieldPath field, @Nullable Object expected) {
        if (!(expected instanceof String regex)) {
            throw new IllegalArgumentException("must be a regular expression");
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("must be a regular expression (RE2): " + e.getMessage(), e);
        }
        return (fields, now) -> field.get(fields) instanceof String text && pattern.matcher(text).find();
    }

    private static Condition order(FieldPath field, Operator operator, @Nullable Object expected) {
        if (expected instanceof Number number) {
            return numbers(field, operator, number);
        }
        if (expected instanceof RelativeTime time) {
            return (fields, now) -> {
                OptionalLong value = Times.millis(field.get(fields));
                return value.isPresent() && operator.holds(Long.compare(value.getAsLong(), time.at(now)));
            };
        }
        if (!(expected instanceof String text)) {
            throw new IllegalArgumentException("must be a number, a time or a text");
        }
        OptionalLong time = Times.millis(text);
        return (fields, now) -> {
            if (!(field.get(fields) instanceof String value)) {
                return false;
            }
            OptionalLong other = time.isPresent() ? Times.millis(value) : OptionalLong.empty();
            return operator.holds(
                    other.isPresent() ? Long.compare(other.getAsLong(), time.getAsLong()) : value.compareTo(text));
        };
    }

    private static Condition numbers(FieldPath field, Operator operator, Number expected) {
        double bound = expected.doubleValue();
        boolean whole = expected instanceof Long;
        long exact = expected.longValue();
        return (fields, now) -> {
            Object value = field.get(fields);
            if (whole && value instanceof Long number) {
                return operator.holds(Long.compare(number, exact));
            }
            return value instanceof Number number && operator.holds(Double.compare(number.doubleValue(), bound));
        };
    }
}
