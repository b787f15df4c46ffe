package io.freshet.table;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the way a table writes its numbers.
 *
 * @param decimal the decimal mark; null to detect it
 * @param declared whether the user declared the decimal mark; otherwise it is the usual one for the separator of the table
 * @param formats the formats of columns that are known in advance, by name
 */
public record NumberOptions(@Nullable Character decimal, boolean declared, Map<String, NumberFormat> formats) {

    public NumberOptions {
        formats = Map.copyOf(formats);
        if (decimal != null && decimal != '.' && decimal != ',') {
            throw new TableException("the decimal mark must be a point or a comma, not " + decimal);
        }
    }

    /** Returns options that detect everything. */
    public static NumberOptions detected() {
        return new NumberOptions(null, false, Map.of());
    }

    public NumberOptions withDecimal(char mark) {
        return new NumberOptions(mark, true, formats);
    }

    /** Returns the same options with a probable decimal mark, unless the user declared one. */
    NumberOptions assuming(char mark) {
        return declared ? this : new NumberOptions(mark, false, formats);
    }

    /** Returns whether the user declared a decimal comma, so that points separate thousands. */
    boolean isCommaDeclared() {
        return declared && decimal != null && decimal == ',';
    }
}
