package io.freshet.table;

/**
 * What the values of a column are, and how a {@link RowBatch} holds them.
 *
 * <table>
 * <caption>Type and vector</caption>
 * <tr>
 * <td>{@link Whole}, {@link Decimal}</td>
 * <td>{@link NumberVector}, scaled by 10<sup>digits</sup>, or {@link CodedVector} over a
 * {@link NumberDictionary}</td>
 * </tr>
 * <tr>
 * <td>{@link DateTime}</td>
 * <td>{@link NumberVector} of ticks, or {@link CodedVector} over a {@link NumberDictionary}</td>
 * </tr>
 * <tr>
 * <td>{@link Floating}</td>
 * <td>{@link FloatingVector}</td>
 * </tr>
 * <tr>
 * <td>{@link Bool}, {@link Categorical}, {@link Constant}, {@link Missing}</td>
 * <td>{@link CodedVector} over a
 * {@link TextDictionary}</td>
 * </tr>
 * <tr>
 * <td>{@link Identifier}, {@link FreeText}, {@link Json}</td>
 * <td>{@link TextVector}</td>
 * </tr>
 * </table>
 */
public sealed interface ColumnType {

    /** Returns the name used in the API, in model files and for overrides. */
    String typeName();

    /** Integers that fit in 63 bits. */
    record Whole() implements ColumnType {
        @Override
        public String typeName() {
            return "integer";
        }
    }

    /**
     * Decimal numbers with a fixed number of digits after the decimal point.
     *
     * @param digits 1 to 18; every |value| · 10<sup>digits</sup> is below 2<sup>53</sup>
     */
    record Decimal(int digits) implements ColumnType {
        public Decimal {
            if (digits < 1 || digits > 18) {
                throw new IllegalArgumentException("digits must be 1 to 18, not " + digits);
            }
        }

        @Override
        public String typeName() {
            return "decimal";
        }
    }

    /** Numbers whose range or precision does not fit any {@link Decimal}: finite IEEE 754 doubles. */
    record Floating() implements ColumnType {
        @Override
        public String typeName() {
            return "floating";
        }
    }

    /**
     * Two values, false (code 0) and true (code 1), with their spelling in the input. JSON always writes {@code false} and
     * {@code true}; CSV preserves the spelling.
     */
    record Bool(String falseText, String trueText) implements ColumnType {
        @Override
        public String typeName() {
            return "boolean";
        }
    }

    /**
     * One of a set of texts.
     *
     * @param literal whether JSON writes them without quotes, because they are numbers or booleans that were declared to be
     *        categories
     */
    record Categorical(boolean literal) implements ColumnType {

        /** Creates a type whose texts JSON writes in quotes. */
        public Categorical() {
            this(false);
        }

        @Override
        public String typeName() {
            return "categorical";
        }
    }

    /** Dates and instants in the format {@code format}. */
    record DateTime(DateTimeFormat format) implements ColumnType {
        @Override
        public String typeName() {
            return "datetime";
        }
    }

    /**
     * Values that differ from row to row and identify something: keys, codes, UUIDs.
     *
     * @param number whether JSON writes them as numbers, without quotes
     */
    record Identifier(boolean number) implements ColumnType {
        @Override
        public String typeName() {
            return "identifier";
        }
    }

    /** Prose. */
    record FreeText() implements ColumnType {
        @Override
        public String typeName() {
            return "text";
        }
    }

    /** JSON of any kind, which JSON writes as it is: arrays, maps and values of several types in models that are declared. */
    record Json() implements ColumnType {
        @Override
        public String typeName() {
            return "json";
        }
    }

    /** The same text in every row that has a value; JSON writes {@code literal}, which preserves its JSON type. */
    record Constant(String text, String literal) implements ColumnType {
        @Override
        public String typeName() {
            return "constant";
        }
    }

    /** No row has a value. */
    record Missing() implements ColumnType {
        @Override
        public String typeName() {
            return "missing";
        }
    }
}
