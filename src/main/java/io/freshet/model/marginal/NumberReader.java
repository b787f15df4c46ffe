package io.freshet.model.marginal;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;

/** The numbers or dates of a column, whatever vector holds them. Not thread-safe. */
public final class NumberReader {

    private static final int MAX_DIGITS = 18;

    private final ColumnVector vector;
    private final int digits;
    private final double divisor;
    /** The numbers of the dictionary, filled on demand. */
    private double[] decoded = {};
    /** The value of a constant column; otherwise null. */
    private final @org.jspecify.annotations.Nullable BigDecimal constant;

    private NumberReader(ColumnVector vector, int digits, @org.jspecify.annotations.Nullable BigDecimal constant) {
        this.vector = vector;
        this.digits = digits;
        this.divisor = power(digits);
        this.constant = constant;
    }

    public static NumberReader of(Column column, ColumnVector vector) {
        return new NumberReader(vector, digits(column.type()),
                column.type() instanceof ColumnType.Constant constant ? new BigDecimal(constant.text()) : null);
    }

    /** Whether the values of a column are numbers or dates. */
    public static boolean isNumeric(ColumnType type) {
        if (type instanceof ColumnType.Constant constant) {
            return constant.text().matches("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
        }
        return type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating
                || type instanceof ColumnType.DateTime;
    }

    /** The digits after the point that its numbers are held with. */
    public static int digits(ColumnType type) {
        return type instanceof ColumnType.Decimal decimal ? decimal.digits()
                : type instanceof ColumnType.Constant constant ? Math.max(0, new BigDecimal(constant.text()).scale()) : 0;
    }

    public boolean isMissing(int row) {
        return vector.isMissing(row);
    }

    /** The number times 10<sup>scale</sup>, rounded where it has more digits. */
    public long scaled(int row, int scale) {
        BigDecimal same = constant;
        if (same != null) {
            return same.movePointRight(scale).setScale(0, RoundingMode.HALF_UP).longValue();
        }
        if (vector instanceof FloatingVector doubles) {
            return Math.round(doubles.values()[row] * power(scale));
        }
        long held = held(row);
        return scale == digits ? held
                : scale > digits ? held * power(scale - digits) : Math.round(held / (double) power(digits - scale));
    }

    public double value(int row) {
        BigDecimal same = constant;
        return same != null ? same.doubleValue()
                : vector instanceof FloatingVector doubles ? doubles.values()[row] : held(row) / divisor;
    }

    /** Reads the first rows, with NaN for missing values. */
    public void values(int rows, double[] out) {
        if (constant == null && vector instanceof NumberVector numbers) {
            long[] held = numbers.values();
            for (int row = 0; row < rows; row++) {
                out[row] = held[row] == NumberVector.MISSING ? Double.NaN : held[row] / divisor;
            }
        } else if (constant == null && vector instanceof CodedVector coded) {
            double[] of = decoded((NumberDictionary) coded.dictionary());
            int[] codes = coded.codes();
            for (int row = 0; row < rows; row++) {
                out[row] = of[codes[row]];
            }
        } else {
            for (int row = 0; row < rows; row++) {
                out[row] = vector.isMissing(row) ? Double.NaN : value(row);
            }
        }
    }

    /** The numbers of a dictionary by code; that of a missing value, the last one, is NaN. */
    private double[] decoded(NumberDictionary dictionary) {
        if (decoded.length == 0) {
            double[] of = new double[dictionary.size() + 1];
            for (int code = 0; code < dictionary.size(); code++) {
                of[code] = dictionary.value(code) / divisor;
            }
            of[dictionary.size()] = Double.NaN;
            decoded = of;
        }
        return decoded;
    }

    /** Reads the first rows times 10<sup>scale</sup>, with {@link NumberVector#MISSING} for missing values. */
    public void scaled(int rows, int scale, long[] out) {
        if (constant == null && scale == digits && vector instanceof NumberVector numbers) {
            System.arraycopy(numbers.values(), 0, out, 0, rows);
        } else {
            for (int row = 0; row < rows; row++) {
                out[row] = vector.isMissing(row) ? NumberVector.MISSING : scaled(row, scale);
            }
        }
    }

    private long held(int row) {
        return vector instanceof NumberVector numbers ? numbers.values()[row]
                : ((NumberDictionary) ((CodedVector) vector).dictionary()).value(((CodedVector) vector).codes()[row]);
    }

    /** 10<sup>exponent</sup>. */
    public static long power(int exponent) {
        if (exponent < 0 || exponent > MAX_DIGITS) {
            throw new IllegalArgumentException("power of ten out of range: " + exponent);
        }
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
