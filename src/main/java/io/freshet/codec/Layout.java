package io.freshet.codec;

import java.util.List;
import java.util.Set;

/**
 * The columns that a row writes, in order, and the fixed texts around their values.
 *
 * @param missing the text of a missing value
 * @param end the text after the last value
 */
record Layout(List<Field> fields, String missing, String end) {

    /** The columns that metadata replaces, because a record may contain each name only once. */
    static final Set<String> METADATA = Set.of(BatchMetadata.GENERATED_AT, BatchMetadata.BATCH_ID);

    /** The part of a column that a field writes. */
    enum Part {
        /** A value. */
        VALUE,
        /** The beginning of an object, or a missing value in its place. */
        OBJECT,
        /** The end of an object. */
        END_OF_OBJECT
    }

    /**
     * @param before the fixed text before the value of the column
     * @param within the columns of the objects around the value, which is left out where one of them is missing
     */
    record Field(int column, String before, Part part, List<Integer> within) {

        Field {
            within = List.copyOf(within);
        }

        /** A value that every row has a place for. */
        Field(int column, String before) {
            this(column, before, Part.VALUE, List.of());
        }
    }

    Layout {
        fields = List.copyOf(fields);
    }
}
