package io.freshet.sink.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/** A text with fields of records in braces, such as {@code plant/{machine}/temp}. Immutable. */
public final class FieldTemplate {

    private static final Pattern PART = Pattern.compile("\\{([^{}]*)}|[^{}]+|[{}]");

    private final String text;
    /** Texts and {@link FieldPath}s in their order. */
    private final List<Object> parts;

    private FieldTemplate(String text, List<Object> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException if a brace has no counterpart, or braces enclose no field */
    public static FieldTemplate of(String text) {
        List<Object> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group(1) != null) {
                parts.add(FieldPath.of(part.group(1)));
            } else if (part.group().equals("{") || part.group().equals("}")) {
                throw new IllegalArgumentException("braces must enclose a field, as in plant/{machine}/temp");
            } else {
                parts.add(part.group());
            }
        }
        return new FieldTemplate(text, parts);
    }

    /** Returns whether it contains fields. */
    boolean hasFields() {
        return parts.stream().anyMatch(FieldPath.class::isInstance);
    }

    /**
     * Fills in the fields of a record.
     *
     * @throws MissingFieldException if a field is missing, null, an object or a list
     */
    String fill(Map<String, @Nullable Object> record) {
        StringBuilder filled = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof FieldPath path) {
                Object value = path.get(record);
                if (value == null || value instanceof Map || value instanceof List) {
                    throw new MissingFieldException(path + " has no value, which " + text + " needs");
                }
                filled.append(value);
            } else {
                filled.append(part);
            }
        }
        return filled.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
