package io.freshet.model.privacy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

import io.freshet.table.ColumnType;

/**
 * Reads the numbers and dates of a column as the type says and never as the values suggest. A text that is not of the type is
 * missing, not an error, because an error would disclose it.
 */
final class NumberReading {

    /** Numbers at least this large are not exact as doubles. */
    private static final double EXACT = 0x1p53;
    private static final int MAX_EXPONENT = 400;

    private NumberReading() {
    }

    /**
     * Returns the number of a text in the representation of a vector of the type (scaled, or ticks, or the double itself), or
     * NaN.
     */
    static double of(String text, ColumnType type) {
        if (type instanceof ColumnType.DateTime dates) {
            OptionalLong ticks = dates.format().read(text);
            return ticks.isPresent() ? exact(ticks.getAsLong()) : Double.NaN;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
        if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
            return Double.NaN;
        }
        if (type instanceof ColumnType.Floating) {
            return number.doubleValue() + 0.0;
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        return exact(number.movePointRight(digits).setScale(0, RoundingMode.HALF_EVEN).doubleValue());
    }

    private static double exact(double number) {
        return Math.abs(number) < EXACT ? number + 0.0 : Double.NaN;
    }

    /** Returns how many digits a number has after its decimal point. */
    static int digits(String text) {
        return Math.max(0, new BigDecimal(text.strip()).scale());
    }
}
