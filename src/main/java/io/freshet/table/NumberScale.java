package io.freshet.table;

/** The smallest type that holds all numbers met so far: integers, then decimals of as many digits as any had, then doubles. */
final class NumberScale {

    private static final double EXACT = 0x1p53;

    private int digits;
    private double greatest;
    private boolean floating;

    /** Widens the type so that it holds this number too. */
    void admit(NumberText number) {
        if (floating || !number.isExact()) {
            floating = true;
            return;
        }
        int common = Math.max(digits, number.digits());
        double magnitude = Math.abs((double) number.unscaled()) * NumberText.power(common - number.digits());
        double all = Math.max(greatest * NumberText.power(common - digits), magnitude);
        if (common > 0 && all >= EXACT) {
            floating = true;
        } else {
            digits = common;
            greatest = all;
        }
    }

    void becomeFloating() {
        floating = true;
    }

    /** Whether only doubles hold them all. */
    boolean isFloating() {
        return floating;
    }

    /** Digits after the point; 0 for integers. */
    int digits() {
        return digits;
    }

    ColumnType type() {
        if (floating) {
            return new ColumnType.Floating();
        }
        return digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits);
    }

    /** The number times 10<sup>digits</sup>; only for a number that was admitted, while not floating. */
    long scaled(NumberText number) {
        return number.unscaled() * (long) NumberText.power(digits - number.digits());
    }
}
