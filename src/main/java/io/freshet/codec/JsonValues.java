package io.freshet.codec;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON: objects of texts, booleans, numbers, lists, objects and nulls. A value of any other class is written
 * as its text, a double that is not finite as null. Not thread-safe.
 */
final class JsonValues {

    private static final int NUMBER = 48;
    private final DoubleText doubles = new DoubleText();
    private final EncodedRecords into;
    private int written;

    JsonValues(EncodedRecords into) {
        this.into = into;
    }

    /** Appends one record. */
    void append(Map<String, ?> fields, @Nullable BatchMetadata metadata) {
        written = 0;
        character('{');
        String between = members(fields, metadata != null, "");
        if (metadata != null) {
            member(between, BatchMetadata.GENERATED_AT, metadata.generatedAt().toString());
            member(",", BatchMetadata.BATCH_ID, metadata.batchId());
        }
        character('}');
        into.append(written);
    }

    /** Appends one array. */
    void append(List<?> elements) {
        written = 0;
        list(elements);
        into.append(written);
    }

    /**
     * Writes the members of an object.
     *
     * @return the text before the next member
     */
    private String members(Map<?, ?> fields, boolean withoutMetadata, String first) {
        String between = first;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String name = String.valueOf(field.getKey());
            if (!withoutMetadata || !Layout.METADATA.contains(name)) {
                member(between, name, field.getValue());
                between = ",";
            }
        }
        return between;
    }

    private void member(String between, String name, @Nullable Object value) {
        ascii(between);
        text(name);
        character(':');
        value(value);
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            ascii("null");
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Boolean) {
            ascii(value.toString());
        } else if (value instanceof Map<?, ?> object) {
            character('{');
            members(object, false, "");
            character('}');
        } else if (value instanceof Collection<?> list) {
            list(list);
        } else {
            text(value.toString());
        }
    }

    private void list(Collection<?> list) {
        character('[');
        String between = "";
        for (Object element : list) {
            ascii(between);
            value(element);
            between = ",";
        }
        character(']');
    }

    private void number(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            byte[] bytes = into.reserve(written, NUMBER);
            written = Digits.write(bytes, at(), number.longValue()) - into.used();
        } else if (!(number instanceof Double)) {
            // of Java's other numbers, only non-finite floats are not JSON
            boolean finite = Double.isFinite(number.doubleValue()) || !(number instanceof Float);
            ascii(finite ? number.toString() : "null");
        } else if (Double.isFinite(number.doubleValue())) {
            byte[] bytes = into.reserve(written, NUMBER);
            written = doubles.write(bytes, at(), number.doubleValue()) - into.used();
        } else {
            ascii("null");
        }
    }

    private void text(String text) {
        byte[] bytes = into.reserve(written, Dialect.widest(text.length()));
        written = JsonText.write(text, bytes, at()) - into.used();
    }

    private void character(char character) {
        into.reserve(written, 1)[at()] = (byte) character;
        written++;
    }

    private void ascii(String text) {
        byte[] bytes = into.reserve(written, text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[at()] = (byte) text.charAt(i);
            written++;
        }
    }

    private int at() {
        return into.used() + written;
    }
}
