package io.freshet.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;

/** The numbers or dates of a column, whatever vector holds them. */
final class NumberReader {

    private static final int MOST_DIGITS = 18;

    private final ColumnVector vector;
    private final int digits;
    /** Of a column that is always the same; else null. */
    private final @org.jspecify.annotations.Nullable BigDecimal constant;

    private NumberReader(ColumnVector vector, int digits, @org.jspecify.annotations.Nullable BigDecimal constant) {
        this.vector = vector;
        this.digits = digits;
        this.constant = constant;
    }

    static NumberReader of(Column column, ColumnVector vector) {
        return new NumberReader(vector, digits(column.type()),
                column.type() instanceof ColumnType.Constant constant ? new BigDecimal(constant.text()) : null);
    }

    /** Whether the values of a column are numbers or dates. */
    static boolean isNumeric(ColumnType type) {
        if (type instanceof ColumnType.Constant constant) {
            return constant.text().matches("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
        }
        return type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating
                || type instanceof ColumnType.DateTime;
    }

    /** The digits after the point that its numbers are held with. */
    static int digits(ColumnType type) {
        return type instanceof ColumnType.Decimal decimal ? decimal.digits()
                : type instanceof ColumnType.Constant constant ? Math.max(0, new BigDecimal(constant.text()).scale()) : 0;
    }

    boolean isMissing(int row) {
        return vector.isMissing(row);
    }

    /** The number times 10<sup>scale</sup>, rounded where it has more digits. */
    long scaled(int row, int scale) {
        BigDecimal same = constant;
        if (same != null) {
            return same.movePointRight(scale).setScale(0, RoundingMode.HALF_UP).longValue();
        }
        if (vector instanceof FloatingVector doubles) {
            return Math.round(doubles.values()[row] * power(scale));
        }
        long held = held(row);
        return scale >= digits ? held * power(scale - digits) : Math.round(held / (double) power(digits - scale));
    }

    double value(int row) {
        BigDecimal same = constant;
        return same != null ? same.doubleValue()
                : vector instanceof FloatingVector doubles ? doubles.values()[row] : held(row) / (double) power(digits);
    }

    private long held(int row) {
        return vector instanceof NumberVector numbers ? numbers.values()[row]
                : ((NumberDictionary) ((CodedVector) vector).dictionary()).value(((CodedVector) vector).codes()[row]);
    }

    /** 10<sup>exponent</sup>. */
    static long power(int exponent) {
        if (exponent < 0 || exponent > MOST_DIGITS) {
            throw new IllegalArgumentException("no such power of ten: " + exponent);
        }
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
