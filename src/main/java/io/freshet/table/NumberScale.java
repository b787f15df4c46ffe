package io.freshet.table;

/** The smallest type that holds all numbers so far: integers, then decimals with the maximum number of digits, then doubles. */
final class NumberScale {

    private static final double EXACT = 0x1p53;

    private int digits;
    private double max;
    private boolean floating;

    /** Widens the type so that it holds this number, too. */
    void admit(NumberText number) {
        if (floating || !number.isExact()) {
            floating = true;
            return;
        }
        int common = Math.max(digits, number.digits());
        double magnitude = Math.abs((double) number.unscaled()) * NumberText.power(common - number.digits());
        double all = Math.max(max * NumberText.power(common - digits), magnitude);
        if (common > 0 && all >= EXACT) {
            floating = true;
        } else {
            digits = common;
            max = all;
        }
    }

    void becomeFloating() {
        floating = true;
    }

    /** Returns whether only doubles hold all numbers. */
    boolean isFloating() {
        return floating;
    }

    /** Returns the digits after the decimal point; 0 for integers. */
    int digits() {
        return digits;
    }

    ColumnType type() {
        if (floating) {
            return new ColumnType.Floating();
        }
        return digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits);
    }

    /**
     * Returns the number times 10<sup>digits</sup>; only valid for a number that was admitted, and unless the type is floating.
     */
    long scaled(NumberText number) {
        return number.unscaled() * (long) NumberText.power(digits - number.digits());
    }
}
