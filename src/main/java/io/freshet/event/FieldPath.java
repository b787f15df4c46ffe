package io.freshet.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The path of a value in a JSON object: names separated by dots, such as {@code payload.lines.0.price}. A number is an
 * index into a list. A name that itself contains dots is looked up at the top level of the object. Immutable.
 */
public final class FieldPath {

    private static final Pattern POINT = Pattern.compile(".", Pattern.LITERAL);

    private final String text;
    private final String[] steps;

    private FieldPath(String text) {
        this.text = text;
        this.steps = POINT.split(text, -1);
    }

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException if a name between dots is empty
     */
    public static FieldPath of(String text) {
        FieldPath path = new FieldPath(text);
        for (String step : path.steps) {
            if (step.isEmpty()) {
                throw new IllegalArgumentException("a field path must be names separated by dots, not " + text);
            }
        }
        return path;
    }

    /** Returns the first name of the path, which is a top-level field. */
    public String first() {
        return steps[0];
    }

    /** Returns the value; null if the value is missing or null. */
    public @Nullable Object get(Map<String, @Nullable Object> fields) {
        if (steps.length == 1) {
            return fields.get(text);
        }
        @Nullable
        Object value = fields;
        for (int i = 0; i < steps.length && value != null; i++) {
            value = step(value, steps[i]);
        }
        return value == null ? fields.get(text) : value;
    }

    private static @Nullable Object step(Object value, String step) {
        if (value instanceof Map<?, ?> object) {
            return object.get(step);
        }
        if (value instanceof List<?> list && step.length() < 9 && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index = Integer.parseInt(step);
            return index < list.size() ? list.get(index) : null;
        }
        return null;
    }

    /** Returns whether the object has a value at this path, even if that value is null. */
    public boolean exists(Map<String, @Nullable Object> fields) {
        if (get(fields) != null || fields.containsKey(text)) {
            return true;
        }
        @Nullable
        Object holder = fields;
        for (int i = 0; i < steps.length - 1 && holder != null; i++) {
            holder = step(holder, steps[i]);
        }
        return holder instanceof Map<?, ?> object && object.containsKey(steps[steps.length - 1]);
    }

    /** Sets the value. Any value along the path that is not an object is replaced by an object. */
    public void set(Map<String, @Nullable Object> fields, @Nullable Object value) {
        if (steps.length == 1 || fields.containsKey(text)) {
            fields.put(text, value);
        } else {
            holder(fields).put(steps[steps.length - 1], value);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> holder(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> holder = fields;
        for (int i = 0; i < steps.length - 1; i++) {
            Object next = holder.get(steps[i]);
            if (!(next instanceof Map)) {
                next = new LinkedHashMap<String, @Nullable Object>();
                holder.put(steps[i], next);
            }
            holder = (Map<String, @Nullable Object>) next;
        }
        return holder;
    }

    /**
     * Removes the value.
     *
     * @return the removed value; null if there was nothing to remove
     */
    public @Nullable Object remove(Map<String, @Nullable Object> fields) {
        if (steps.length == 1 || fields.containsKey(text)) {
            return fields.remove(text);
        }
        @Nullable
        Object holder = fields;
        for (int i = 0; i < steps.length - 1 && holder != null; i++) {
            holder = step(holder, steps[i]);
        }
        return holder instanceof Map<?, ?> object ? object.remove(steps[steps.length - 1]) : null;
    }

    @Override
    public String toString() {
        return text;
    }
}
