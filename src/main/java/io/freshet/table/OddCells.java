package io.freshet.table;

import java.util.regex.Pattern;

/**
 * The few cells of a column of numbers or dates that are neither, such as "n.d." among prices. They count as missing values. A
 * text that only consists of digits, such as 007, is never such a cell: it indicates that the column holds codes. Not
 * thread-safe.
 */
final class OddCells {

    private static final int MIN_VALUES = 20;
    private static final int CELLS_PER_ODD_ONE = 100;
    private static final int MIN_DISTINCT = 10;
    private static final Pattern CODE = Pattern.compile("\\+?\\d+");

    private long cells;
    private long firstRow = Long.MAX_VALUE;
    private int firstLength;

    /** Returns whether a text may be such a cell at all. */
    static boolean mayBe(String text) {
        return !CODE.matcher(text).matches();
    }

    /** Returns whether a column with this many values, including all other cells, may have this many odd cells. */
    static boolean areFew(long odd, long values) {
        return odd * CELLS_PER_ODD_ONE <= values && values - odd >= MIN_VALUES;
    }

    /**
     * Returns whether there are enough distinct numbers or dates to call the rest odd; a few may be the codes of a category.
     */
    static boolean areEnough(int distinct) {
        return distinct >= MIN_DISTINCT;
    }

    void add(long row, long count, String text) {
        cells += count;
        if (row < firstRow) {
            firstRow = row;
            firstLength = text.codePointCount(0, text.length());
        }
    }

    long cells() {
        return cells;
    }

    /** @param values the number of values of the column, including these cells */
    Notice notice(String column, String type, long values) {
        return new Notice(column, firstRow,
                "Row " + firstRow + " holds a text of " + firstLength + " characters in a column of "
                        + type + ". " + (cells == 1 ? "The cell counts" : cells + " such cells count") + " as missing, of "
                        + values
                        + " values; type." + column + "=categorical keeps them.");
    }
}
