package io.freshet.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Event;
import io.freshet.event.FieldPath;
import io.freshet.event.Times;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * Converts JSON objects to rows with declared columns, for formats that need a schema. Undeclared fields are left out.
 * Immutable.
 */
public final class EventRowMapper {

    private static final TextDictionary TRUTH = TextDictionary.of(List.of("false", "true"));
    /** The exclusive upper bound of a scaled decimal's magnitude. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

    private final Schema schema;
    private final List<FieldPath> fields;

    public EventRowMapper(Schema schema) {
        this.schema = schema;
        this.fields = schema.columns().stream().map(column -> FieldPath.of(column.name())).toList();
    }

    /** Returns why an object does not match the columns, or null if it does. */
    public @Nullable String unfit(Map<String, @Nullable Object> object) {
        for (int c = 0; c < fields.size(); c++) {
            Column column = schema.column(c);
            Object value = fields.get(c).get(object);
            if (value == null && !column.nullable()) {
                return "the field " + column.name() + " is missing";
            }
            if (value != null && fitting(column.type(), value) == null) {
                return "the field " + column.name() + " is not of type " + column.type().typeName();
            }
        }
        return null;
    }

    /** Converts objects that match the columns to rows. */
    public RowBatch rows(List<Event> events) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < fields.size(); c++) {
            vectors.add(vector(schema.column(c).type(), fields.get(c), events));
        }
        RowBatch rows = RowBatch.wrap(schema, vectors);
        rows.hold(0, events.size());
        return rows;
    }

    private static ColumnVector vector(ColumnType type, FieldPath field, List<Event> events) {
        Object[] values = new Object[events.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = field.get(events.get(i).fields());
            values[i] = value == null ? null : fitting(type, value);
        }
        ColumnVector vector = switch (BinaryKind.of(type)) {
            case LONG, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMP_MICROS -> numbers(values);
            case DOUBLE -> doubles(values);
            case BOOL -> truths(values);
            case TEXT, NOTHING -> texts(values);
        };
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                vector.setMissing(i);
            }
        }
        return vector;
    }

    private static ColumnVector numbers(@Nullable Object[] values) {
        long[] numbers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i] instanceof Long number ? number : 0;
        }
        return NumberVector.wrap(numbers);
    }

    private static ColumnVector doubles(@Nullable Object[] values) {
        double[] numbers = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i] instanceof Double number ? number : 0;
        }
        return FloatingVector.wrap(numbers);
    }

    private static ColumnVector truths(@Nullable Object[] values) {
        int[] codes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            codes[i] = Boolean.TRUE.equals(values[i]) ? 1 : 0;
        }
        return CodedVector.wrap(codes, TRUTH);
    }

    private static ColumnVector texts(@Nullable Object[] values) {
        TextVector texts = TextVector.create(values.length);
        for (int i = 0; i < values.length; i++) {
            texts.append(i, values[i] == null ? "" : String.valueOf(values[i]));
        }
        return texts;
    }

    /** Returns a value as the vector of its column stores it, or null if it does not have the column's type. */
    private static @Nullable Object fitting(ColumnType type, Object value) {
        return switch (BinaryKind.of(type)) {
            case LONG -> type instanceof ColumnType.DateTime dateTime ? epochTicks(dateTime.format(), value) : whole(value, 0);
            case DECIMAL -> whole(value, BinaryKind.scale(type));
            case DOUBLE -> value instanceof Number number ? (Double) number.doubleValue() : null;
            case BOOL -> value instanceof Boolean ? value : null;
            case DATE, TIME, TIMESTAMP, TIMESTAMP_MICROS -> ticks(((ColumnType.DateTime) type).format(), value);
            case TEXT -> text(value);
            case NOTHING -> null;
        };
    }

    /** Accepts a text in the column's own format or in ISO 8601, and milliseconds since 1970 for columns with instants. */
    private static @Nullable Long ticks(DateTimeFormat format, Object value) {
        if (!format.hasDate()) {
            return value instanceof String text ? timeOfDay(format, text) : null;
        }
        if (value instanceof String text && format.accepts(text)) {
            return format.parse(text);
        }
        if (!(value instanceof String) && !format.hasTime()) {
            return null;
        }
        OptionalLong millis = Times.millis(value);
        return millis.isPresent() ? (Long) format.ticksOf(millis.getAsLong() * 1000) : null;
    }

    private static @Nullable Long epochTicks(DateTimeFormat format, Object value) {
        Long number = whole(value, 0);
        return number != null && format.accepts(number.toString()) ? (Long) format.parse(number.toString()) : null;
    }

    private static @Nullable Long timeOfDay(DateTimeFormat format, String text) {
        try {
            return format.ticksOf(LocalTime.parse(text).toNanoOfDay() / 1000);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /**
     * Returns a number scaled by ten to the power of {@code digits}, or null if it does not fit. Additional digits are rounded,
     * except for integer columns, which must be exact.
     */
    private static @Nullable Long whole(Object value, int digits) {
        if (digits == 0 && value instanceof Long) {
            return (Long) value;
        }
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return null;
        }
        BigDecimal scaled = new BigDecimal(number.toString()).scaleByPowerOfTen(digits);
        BigDecimal rounded = scaled.setScale(0, RoundingMode.HALF_EVEN);
        boolean exact = digits > 0 || rounded.compareTo(scaled) == 0;
        return exact && rounded.abs().compareTo(MOST) < 0 ? (Long) rounded.longValueExact() : null;
    }

    private static @Nullable String text(Object value) {
        if (value instanceof Double number) {
            return new DoubleText().text(number);
        }
        return value instanceof Map ? null : value instanceof List<?> list ? json(list) : value.toString();
    }

    /** Writes an array as the text of its JSON, as in rows. */
    private static String json(List<?> list) {
        EncodedRecords line = EncodedRecords.create();
        line.clear(1);
        new JsonValues(line).append(list);
        return new String(line.bytes(), line.start(0), line.length(0), StandardCharsets.UTF_8);
    }
}
