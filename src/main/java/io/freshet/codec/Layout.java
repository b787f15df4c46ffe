package io.freshet.codec;

import java.util.List;
import java.util.Set;

/**
 * Which columns a row writes, in which order, and the fixed texts around their values.
 *
 * @param missing stands for a missing value
 * @param end stands behind the last value
 */
record Layout(List<Field> fields, String missing, String end) {

    /** The columns that metadata takes the place of: a record has each name once. */
    static final Set<String> METADATA = Set.of(BatchMetadata.GENERATED_AT, BatchMetadata.BATCH_ID);

    /**
     * @param before stands before the value of the column
     */
    record Field(int column, String before) {
    }

    Layout {
        fields = List.copyOf(fields);
    }
}
