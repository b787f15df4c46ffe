package io.freshet.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.LongFunction;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** The text of one value of a column, in the notation of its type in CSV and JSON. Reused; not thread-safe. */
final class ValueText {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int JULIAN_EPOCH_DAY = 2_440_588;
    private static final int NANOS_PER_MICRO = 1000;

    private final PrimitiveType type;
    private final @Nullable LogicalTypeAnnotation logical;
    private final LongFunction<String> times;
    private final RowReceiver.ValueKind kind;
    private final DecimalText decimals = new DecimalText();
    private byte[] bytes = new byte[64];
    private int length;

    private ValueText(PrimitiveType type, @Nullable LongFunction<String> printer) {
        this.type = type;
        this.logical = type.getLogicalTypeAnnotation();
        this.kind = kindOf(type);
        boolean utc = logical instanceof TimestampLogicalTypeAnnotation instant && instant.isAdjustedToUTC();
        boolean date = logical instanceof DateLogicalTypeAnnotation;
        boolean clock = logical instanceof TimeLogicalTypeAnnotation;
        this.times = printer != null ? printer
                : date ? IsoTimes::date
                        : clock ? IsoTimes::clock
                                : utc ? IsoTimes::instant : IsoTimes::local;
    }

    /** @param printer writes dates and times; null for ISO 8601 */
    static ValueText of(PrimitiveType type, @Nullable LongFunction<String> printer) {
        return new ValueText(type, printer);
    }

    private static RowReceiver.ValueKind kindOf(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (isTime(logical) || type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            return RowReceiver.ValueKind.TIME;
        }
        if (logical instanceof DecimalLogicalTypeAnnotation || logical instanceof Float16LogicalTypeAnnotation) {
            return RowReceiver.ValueKind.NUMBER;
        }
        if (logical instanceof JsonLogicalTypeAnnotation) {
            return RowReceiver.ValueKind.JSON;
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> RowReceiver.ValueKind.BOOLEAN;
            case INT32, INT64, FLOAT, DOUBLE -> RowReceiver.ValueKind.NUMBER;
            default -> RowReceiver.ValueKind.TEXT;
        };
    }

    private static boolean isTime(@Nullable LogicalTypeAnnotation logical) {
        return logical instanceof DateLogicalTypeAnnotation || logical instanceof TimestampLogicalTypeAnnotation
                || logical instanceof TimeLogicalTypeAnnotation;
    }

    RowReceiver.ValueKind kind() {
        return kind;
    }

    /** Returns the live array, which holds the text in UTF-8. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Converts a value of a dictionary. */
    void decode(Dictionary dictionary, int id) {
        switch (type.getPrimitiveTypeName()) {
            case INT32 -> set((long) dictionary.decodeToInt(id));
            case INT64 -> set(dictionary.decodeToLong(id));
            case FLOAT -> set(dictionary.decodeToFloat(id));
            case DOUBLE -> set(dictionary.decodeToDouble(id));
            case BOOLEAN -> set(dictionary.decodeToBoolean(id));
            default -> set(dictionary.decodeToBinary(id));
        }
    }

    void set(boolean value) {
        put(value ? "true" : "false");
    }

    void set(long value) {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            put(BigDecimal.valueOf(value, decimal.getScale()).toPlainString());
        } else if (isTime(logical)) {
            put(times.apply(micros(value)));
        } else if (logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
            put(whole.getBitWidth() == Long.SIZE ? Long.toUnsignedString(value) : Long.toString(value & 0xFFFF_FFFFL));
        } else {
            length = decimals.write(value, bytes);
        }
    }

    /** Converts a date, a time of day or an instant to microseconds since 1970-01-01T00:00Z. */
    private long micros(long value) {
        if (logical instanceof DateLogicalTypeAnnotation) {
            return Math.multiplyExact(value, MICROS_PER_DAY);
        }
        LogicalTypeAnnotation.TimeUnit unit = logical instanceof TimestampLogicalTypeAnnotation instant ? instant.getUnit()
                : logical instanceof TimeLogicalTypeAnnotation clock ? clock.getUnit() : LogicalTypeAnnotation.TimeUnit.MICROS;
        return switch (unit) {
            case MILLIS -> Math.multiplyExact(value, NANOS_PER_MICRO);
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, NANOS_PER_MICRO);
        };
    }

    /** Converts a number. Infinity and NaN become an empty text, which is a missing value. */
    void set(double value) {
        length = Double.isFinite(value) ? decimals.write(value, bytes) : 0;
    }

    /** Converts a number. Infinity and NaN become an empty text, which is a missing value. */
    void set(float value) {
        length = Float.isFinite(value) ? decimals.write(value, bytes) : 0;
    }

    void set(Binary value) {
        ByteBuffer buffer = value.toByteBuffer();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            put(times.apply(int96(buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN))));
        } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            put(new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()).toPlainString());
        } else if (logical instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer id = buffer.duplicate();
            put(new UUID(id.getLong(), id.getLong()).toString());
        } else if (logical instanceof Float16LogicalTypeAnnotation) {
            set(half(buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort()));
        } else {
            length = value.length();
            bytes = length > bytes.length ? new byte[Math.max(length, 2 * bytes.length)] : bytes;
            buffer.duplicate().get(bytes, 0, length);
            if (!Utf8Check.isValid(bytes, length)) {
                throw new ParquetException("column " + type.getName() + " holds bytes that are not UTF-8 text;"
                        + " leave it out with columns=…, or convert it to text");
            }
        }
    }

    /**
     * Converts a timestamp of Impala or an older version of Spark, which consists of the nanoseconds of the day and the Julian
     * day.
     */
    private static long int96(ByteBuffer bytes) {
        long nanos = bytes.getLong();
        return (bytes.getInt() - (long) JULIAN_EPOCH_DAY) * MICROS_PER_DAY + nanos / NANOS_PER_MICRO;
    }

    private static float half(short bits) {
        int exponent = bits >>> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = exponent == 0x1F ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : exponent == 0 ? Math.scalb((float) fraction, -24)
                        : Math.scalb((float) (fraction | 0x400), exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }

    private void put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        length = utf8.length;
        bytes = length > bytes.length ? new byte[2 * length] : bytes;
        System.arraycopy(utf8, 0, bytes, 0, length);
    }
}
