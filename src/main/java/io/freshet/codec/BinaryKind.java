package io.freshet.codec;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;

/** The kind of a column's values in a binary format. */
enum BinaryKind {
    /** 64-bit integers. */
    LONG,
    /** Decimals with a fixed number of digits after the decimal point. */
    DECIMAL,
    DOUBLE,
    BOOL,
    /** Calendar days. */
    DATE,
    /** Times of day in milliseconds. */
    TIME,
    /** Instants in milliseconds. */
    TIMESTAMP,
    /** Instants in microseconds. */
    TIMESTAMP_MICROS,
    TEXT,
    /** The column has no values. */
    NOTHING;

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL_NUMBER = Pattern.compile("-?\\d+\\.\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    /** The exclusive upper bound of a scaled decimal's magnitude. */
    private static final BigDecimal DECIMAL_BOUND = BigDecimal.valueOf(1L << 53);

    /**
     * Returns the kind of a column. It is the same in every format, so that a topic has the same types whatever its encoding.
     */
    static BinaryKind of(ColumnType type) {
        if (type instanceof ColumnType.Whole || type instanceof ColumnType.Identifier identifier && identifier.number()) {
            return LONG;
        }
        if (type instanceof ColumnType.Decimal) {
            return DECIMAL;
        }
        if (type instanceof ColumnType.Floating) {
            return DOUBLE;
        }
        if (type instanceof ColumnType.Bool) {
            return BOOL;
        }
        if (type instanceof ColumnType.DateTime dateTime) {
            return of(dateTime.format());
        }
        if (type instanceof ColumnType.Constant constant) {
            return ofLiteral(constant.literal());
        }
        return type instanceof ColumnType.Missing ? NOTHING : TEXT;
    }

    private static BinaryKind of(DateTimeFormat format) {
        if (format.isEpoch()) {
            return LONG;
        }
        if (format.hasDate()) {
            BinaryKind instant = format.resolution() == ChronoUnit.MICROS ? TIMESTAMP_MICROS : TIMESTAMP;
            return format.hasTime() ? instant : DATE;
        }
        return format.hasTime() ? TIME : TEXT;
    }

    private static BinaryKind ofLiteral(String json) {
        if (json.equals("true") || json.equals("false")) {
            return BOOL;
        }
        if (INTEGER.matcher(json).matches()) {
            return LONG;
        }
        if (DECIMAL_NUMBER.matcher(json).matches()
                && new BigDecimal(json).movePointRight(pointDigits(json)).abs().compareTo(DECIMAL_BOUND) < 0) {
            return DECIMAL;
        }
        return NUMBER.matcher(json).matches() && Double.isFinite(Double.parseDouble(json)) ? DOUBLE : TEXT;
    }

    /** Returns the number of digits after the decimal point; 0 for columns that are not decimals. */
    static int scale(ColumnType type) {
        if (type instanceof ColumnType.Constant constant && of(type) == DECIMAL) {
            return pointDigits(constant.literal());
        }
        return type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
    }

    private static int pointDigits(String decimal) {
        return decimal.length() - decimal.indexOf('.') - 1;
    }

    /** Returns whether values are dates, times or instants. */
    boolean isTemporal() {
        return this == DATE || this == TIME || this == TIMESTAMP || this == TIMESTAMP_MICROS;
    }
}
