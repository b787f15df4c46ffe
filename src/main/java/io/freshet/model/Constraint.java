package io.freshet.model;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule that holds in every row of a table and of all rows drawn from its model. Rows in which a value is missing satisfy
 * every constraint on that value.
 */
public sealed interface Constraint {

    /** Returns the text from which {@link #parse} creates the constraint. */
    String text();

    /**
     * One column is never greater than another: {@code lesser <= greater}, or {@code lesser < greater}.
     *
     * @param strict whether they are never equal either
     */
    record Ordered(String lesser, String greater, boolean strict) implements Constraint {
        @Override
        public String text() {
            return lesser + (strict ? " < " : " <= ") + greater;
        }
    }

    /**
     * Columns add up to another one: {@code a + b = total}.
     *
     * @param addends at least two
     */
    record Sum(List<String> addends, String total) implements Constraint {
        public Sum {
            addends = List.copyOf(addends);
        }

        @Override
        public String text() {
            return String.join(" + ", addends) + " = " + total;
        }
    }

    /**
     * A column is never negative: {@code column >= 0}, or {@code column > 0}.
     *
     * @param strict whether it is never zero either
     */
    record Positive(String column, boolean strict) implements Constraint {
        @Override
        public String text() {
            return column + (strict ? " > 0" : " >= 0");
        }
    }

    /** No value occurs twice: {@code unique column}. */
    record Unique(String column) implements Constraint {
        @Override
        public String text() {
            return "unique " + column;
        }
    }

    /**
     * The time of day of a date-time is learned separately, with a dependence of its own on other columns: {@code time_of_day
     * column}. It is inferred when a table shows that it is worthwhile.
     */
    record TimeOfDay(String column) implements Constraint {
        private static final String WORD = "time_of_day ";

        @Override
        public String text() {
            return WORD + column;
        }
    }

    /**
     * @param text as in the descriptions above, with blanks around the operators
     * @throws ConstraintException if the text is not a constraint
     */
    static Constraint parse(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("unique ")) {
            String column = trimmed.substring("unique ".length()).trim();
            if (column.contains(", ")) {
                throw new ConstraintException(
                        text + " is not possible: rows are drawn independently of each other, so that only "
                                + "single columns can be unique");
            }
            return new Unique(column);
        }
        if (trimmed.startsWith(TimeOfDay.WORD)) {
            return new TimeOfDay(trimmed.substring(TimeOfDay.WORD.length()).trim());
        }
        Matcher sum = Pattern.compile("(.+ \\+ .+) = (.+)").matcher(trimmed);
        if (sum.matches()) {
            return new Sum(Arrays.stream(sum.group(1).split(" \\+ ")).map(String::trim).toList(), sum.group(2).trim());
        }
        Matcher comparison = Pattern.compile("(.+?) (<=|<|>=|>) (.+)").matcher(trimmed);
        if (!comparison.matches()) {
            throw new ConstraintException(
                    text + " is not a constraint; expected one of \"a <= b\", \"a < b\", \"a + b = c\", \"a >= 0\", "
                            + "\"a > 0\", \"unique a\" and \"time_of_day a\"");
        }
        String left = comparison.group(1).trim();
        String right = comparison.group(3).trim();
        boolean strict = comparison.group(2).length() == 1;
        if (comparison.group(2).startsWith("<")) {
            return new Ordered(left, right, strict);
        }
        return right.equals("0") ? new Positive(left, strict) : new Ordered(right, left, strict);
    }
}
