package io.freshet.model.meaning;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;

/**
 * Describes how to generate the texts of a column.
 *
 * @param index the number of the column
 * @param column its name and type in the generated rows
 * @param meaning a description of the texts for readers; empty if only their form is known
 * @param forms at least one
 * @param bounds for each form the cumulative share up to and including it; forms after the first bound of 1 are used in rows
 *        where other columns are missing
 * @param unique whether all texts differ
 * @param reduced whether the inner model knows only which values are missing
 * @param free for each form whose texts are numbered, the numbers that no value of the table uses; otherwise empty
 */
record TextColumn(int index, Column column, String meaning, List<TextForm> forms, List<Double> bounds, boolean unique,
        boolean reduced, @Nullable CheckDigits check, SeenTexts seen, List<FreeNumbers> free) {

    TextColumn {
        forms = List.copyOf(forms);
        bounds = List.copyOf(bounds);
        free = List.copyOf(free);
        if (forms.isEmpty() || bounds.size() != forms.size() || !free.isEmpty() && free.size() != forms.size()) {
            throw new IllegalArgumentException(forms.size() + " forms, " + bounds.size() + " shares, " + free.size()
                    + " sets of numbers");
        }
    }

    /** Returns this column for an inner model that learns the column's original values. */
    TextColumn unreduced() {
        return new TextColumn(index, column, meaning, forms, bounds, unique, false, check, seen, free);
    }

    static final String PRESENT = "x";

    /** Returns the reduced form of a column of names, which records only whether a value is missing. */
    static Column constant(Column column) {
        return new Column(column.name(), new ColumnType.Constant(PRESENT, '"' + PRESENT + '"'), column.nullable(),
                column.path());
    }

    /** Returns whether the texts continue the sequence of those of the table. */
    boolean isContinued() {
        return forms.get(0).parts().stream().anyMatch(SequencePart.class::isInstance);
    }

    /** Returns the number of rows for which the forms have different texts, if texts are unique. */
    long capacity() {
        if (!unique || free.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long min = Long.MAX_VALUE;
        for (FreeNumbers numbers : free) {
            min = Math.min(min, numbers.count());
        }
        return min;
    }
}
