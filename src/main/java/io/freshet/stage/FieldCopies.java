package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Deep copies of a record's fields: changing the copy does not change the original. */
final class FieldCopies {

    private FieldCopies() {
    }

    static Map<String, @Nullable Object> of(Map<?, ?> fields) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(String.valueOf(name), value(value)));
        return copy;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return of(object);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(value(each)));
            return copy;
        }
        return value;
    }
}
