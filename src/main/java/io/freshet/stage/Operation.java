package io.freshet.stage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.event.Times;

/** A change of a record. */
@FunctionalInterface
public interface Operation {

    /**
     * @param fields the object, which it changes
     * @param now milliseconds since 1970
     * @throws IllegalArgumentException if it cannot be done to this record
     */
    void apply(Map<String, @Nullable Object> fields, long now);

    /** Gives a field another name; nothing happens where there is none. */
    static Operation rename(FieldPath from, FieldPath to) {
        return (fields, now) -> {
            if (from.exists(fields)) {
                Object value = from.remove(fields);
                to.set(fields, value);
            }
        };
    }

    static Operation remove(FieldPath field) {
        return (fields, now) -> field.remove(fields);
    }

    /** Always the same value. */
    static Operation set(FieldPath field, @Nullable Object value) {
        return (fields, now) -> field.set(fields, value);
    }

    /** What an expression says of the record. */
    static Operation compute(Expression expression, FieldPath to) {
        return (fields, now) -> to.set(fields, expression.of(fields, now));
    }

    /** The value of another field, which stays. */
    static Operation copy(FieldPath from, FieldPath to) {
        return (fields, now) -> to.set(fields, from.get(fields));
    }

    /** The time when the record is processed: ISO 8601 in UTC, or milliseconds since 1970. */
    static Operation timestamp(FieldPath field, boolean iso) {
        return (fields, now) -> field.set(fields, iso ? (Object) Instant.ofEpochMilli(now).toString() : (Object) now);
    }

    /** Has a text in ISO 8601 be milliseconds since 1970. */
    static Operation parseIso(FieldPath field) {
        return change(field, value -> {
            OptionalLong millis = Times.millis(value);
            if (millis.isEmpty()) {
                throw new IllegalArgumentException(field + " is no time in ISO 8601");
            }
            return millis.getAsLong();
        });
    }

    /** Changes a value where there is one. */
    static Operation change(FieldPath field, Function<Object, Object> change) {
        return (fields, now) -> {
            Object value = field.get(fields);
            if (value != null) {
                field.set(fields, change.apply(value));
            }
        };
    }

    /** (value − shift) / scale. */
    static Operation normalize(FieldPath field, double shift, double scale) {
        return change(field, value -> {
            if (!(value instanceof Number number)) {
                throw new IllegalArgumentException(field + " is no number");
            }
            return (number.doubleValue() - shift) / scale;
        });
    }

    /** Has a value be of another type. */
    static Operation cast(FieldPath field, CastType type) {
        return change(field, value -> {
            Object cast = type.cast(value);
            if (cast == null) {
                throw new IllegalArgumentException(field + " cannot be " + type.id());
            }
            return cast;
        });
    }

    /** Has objects in the object be fields of it, under both names. Elements of lists count as fields named by their number. */
    static Operation flatten(String separator) {
        return (fields, now) -> {
            Map<String, @Nullable Object> flat = new LinkedHashMap<>();
            fields.forEach((name, value) -> flatten(flat, name, value, separator));
            fields.clear();
            fields.putAll(flat);
        };
    }

    private static void flatten(Map<String, @Nullable Object> flat, String name, @Nullable Object value, String separator) {
        if (value instanceof Map<?, ?> object && !object.isEmpty()) {
            object.forEach((inner, each) -> flatten(flat, name + separator + inner, each, separator));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                flatten(flat, name + separator + i, list.get(i), separator);
            }
        } else {
            flat.put(name, value);
        }
    }

    /** What values can be made. */
    enum CastType {

        INTEGER,
        DECIMAL,
        TEXT,
        BOOLEAN;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Null if it cannot be. */
        @Nullable
        Object cast(Object value) {
            return switch (this) {
                case INTEGER -> {
                    Double number = number(value);
                    yield value instanceof Long ? value
                            : number == null || !Double.isFinite(number) ? null : whole(value, number);
                }
                case DECIMAL -> value instanceof BigDecimal ? value : number(value);
                case TEXT -> value instanceof Map || value instanceof List ? null : value.toString();
                case BOOLEAN -> bool(value);
            };
        }

        private static Object whole(Object value, double number) {
            if (value instanceof String text && text.strip().matches("[+-]?\\d{1,18}")) {
                return Long.parseLong(text.strip());
            }
            return (long) number;
        }

        private static @Nullable Double number(Object value) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            if (value instanceof Boolean flag) {
                return flag ? 1.0 : 0.0;
            }
            try {
                return value instanceof String text ? (Double) Double.parseDouble(text.strip()) : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        private static @Nullable Object bool(Object value) {
            if (value instanceof Boolean) {
                return value;
            }
            return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "1", "1.0" -> true;
                case "false", "no", "0", "0.0" -> false;
                default -> null;
            };
        }
    }
}
