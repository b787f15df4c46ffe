package io.freshet.parquet;

import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** The kinds of columns that can be written, each with its physical and logical type. */
public enum ColumnKind {

    /** 32-bit integers. */
    INT(Type.INT32),
    /** 64-bit integers. */
    LONG(Type.INT64),
    /** Decimals of 18 digits, as integers scaled by ten to the power of the scale. */
    DECIMAL(Type.INT64),
    /** Finite doubles, given as their bits. */
    DOUBLE(Type.DOUBLE),
    /** False (0) and true (1). */
    BOOL(Type.BOOLEAN),
    /** Days since 1970-01-01. */
    DATE(Type.INT32),
    /** Milliseconds since midnight. */
    TIME(Type.INT32),
    /** Milliseconds since 1970-01-01T00:00Z. */
    TIMESTAMP(Type.INT64),
    /** Microseconds since 1970-01-01T00:00Z. */
    TIMESTAMP_MICROS(Type.INT64),
    /** UTF-8 texts. */
    TEXT(Type.BYTE_ARRAY),
    /** JSON texts. */
    JSON(Type.BYTE_ARRAY);

    static final int DECIMAL_PRECISION = 18;

    private final Type physical;

    ColumnKind(Type physical) {
        this.physical = physical;
    }

    Type physical() {
        return physical;
    }

    boolean isText() {
        return physical == Type.BYTE_ARRAY;
    }

    @Nullable
    LogicalType logical(int scale) {
        return switch (this) {
            case INT, LONG, DOUBLE, BOOL -> null;
            case DECIMAL -> LogicalType.DECIMAL(new DecimalType(scale, DECIMAL_PRECISION));
            case DATE -> LogicalType.DATE(new DateType());
            case TIME -> LogicalType.TIME(new TimeType(false, TimeUnit.MILLIS(new MilliSeconds())));
            case TIMESTAMP -> LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MILLIS(new MilliSeconds())));
            case TIMESTAMP_MICROS -> LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MICROS(new MicroSeconds())));
            case TEXT -> LogicalType.STRING(new StringType());
            case JSON -> LogicalType.JSON(new JsonType());
        };
    }
}
