package io.freshet.stage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.event.Times;

/** An operation that changes a record. */
@FunctionalInterface
public interface Operation {

    /**
     * @param fields the fields of the record, which are changed in place
     * @param now milliseconds since 1970
     * @throws IllegalArgumentException if the operation cannot be applied to this record
     */
    void apply(Map<String, @Nullable Object> fields, long now);

    /** Renames a field. A record without the field stays unchanged. */
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

    /** Sets a field to a constant value. */
    static Operation set(FieldPath field, @Nullable Object value) {
        return (fields, now) -> field.set(fields, value);
    }

    /** Sets a field to the value of an expression. */
    static Operation compute(Expression expression, FieldPath to) {
        return (fields, now) -> to.set(fields, expression.of(fields, now));
    }

    /** Copies the value of a field to another field. */
    static Operation copy(FieldPath from, FieldPath to) {
        return (fields, now) -> to.set(fields, from.get(fields));
    }

    /** Sets a field to the processing time: ISO 8601 in UTC, or milliseconds since 1970. */
    static Operation timestamp(FieldPath field, boolean iso) {
        return (fields, now) -> field.set(fields, iso ? (Object) Instant.ofEpochMilli(now).toString() : (Object) now);
    }

    /** Parses an ISO 8601 text and writes the milliseconds since 1970 to a field, which may be the same field. */
    static Operation parseIso(FieldPath field, FieldPath output) {
        return convert(field, output, value -> Times.millis(value).stream().boxed().findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " is not a valid ISO 8601 time")));
    }

    /**
     * Converts a value and writes the result to a field, which may be the same field. A record without the value stays
     * unchanged.
     */
    static Operation convert(FieldPath field, FieldPath output, Function<Object, Object> conversion) {
        return (fields, now) -> {
            Object value = field.get(fields);
            if (value != null) {
                output.set(fields, conversion.apply(value));
            }
        };
    }

    /** Changes a value in place. A record without the value stays unchanged. */
    static Operation change(FieldPath field, Function<Object, Object> change) {
        return convert(field, field, change);
    }

    /** Replaces a number by (value − shift) / scale. */
    static Operation normalize(FieldPath field, double shift, double scale) {
        return change(field, value -> {
            if (!(value instanceof Number number)) {
                throw new IllegalArgumentException(field + " is not a number");
            }
            return (number.doubleValue() - shift) / scale;
        });
    }

    /** Converts a value to another type. */
    static Operation cast(FieldPath field, CastType type) {
        return change(field, value -> {
            Object cast = type.cast(value);
            if (cast == null) {
                throw new IllegalArgumentException(field + " cannot be " + type.id());
            }
            return cast;
        });
    }

    /**
     * Flattens nested objects into fields of the record, whose names are joined by the separator. The elements of lists become
     * fields named by their index.
     */
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

    /** The types to which values can be converted. */
    enum CastType {

        INTEGER,
        DECIMAL,
        TEXT,
        BOOLEAN;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the converted value, or null if it cannot be converted. */
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
