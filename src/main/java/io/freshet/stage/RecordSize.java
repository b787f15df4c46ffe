package io.freshet.stage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Estimates how many bytes of the heap a record takes. */
final class RecordSize {

    private static final int OBJECT = 32;
    private static final int ENTRY = 64;

    private RecordSize() {
    }

    /** Returns the estimated size of a record's fields, including nested values. */
    static long of(Map<?, ?> fields) {
        long bytes = OBJECT;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            bytes += ENTRY + value(field.getValue());
        }
        return bytes;
    }

    private static long value(@Nullable Object value) {
        if (value instanceof String text) {
            return OBJECT + text.length();
        }
        if (value instanceof Map<?, ?> map) {
            return of(map);
        }
        if (value instanceof List<?> list) {
            return OBJECT + list.stream().mapToLong(each -> Long.BYTES + value(each)).sum();
        }
        return OBJECT;
    }
}
