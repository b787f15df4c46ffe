package io.freshet.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Event;
import io.freshet.event.FieldPath;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * Objects as rows of columns that somebody has said they have, for formats that need a schema. Other fields are left out.
 * Immutable.
 */
public final class EventRows {

    private static final TextDictionary TRUTH = TextDictionary.of(List.of("false", "true"));
    /** Scaled decimals are below this. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

    private final Schema schema;
    private final List<FieldPath> fields;

    public EventRows(Schema schema) {
        this.schema = schema;
        this.fields = schema.columns().stream().map(column -> FieldPath.of(column.name())).toList();
    }

    /** Why an object is no such row; null if it is one. */
    public @Nullable String unfit(Map<String, @Nullable Object> object) {
        for (int c = 0; c < fields.size(); c++) {
            Column column = schema.column(c);
            Object value = fields.get(c).get(object);
            if (value == null && !column.nullable()) {
                return "the field " + column.name() + " is missing";
            }
            if (value != null && fitting(column.type(), value) == null) {
                return "the field " + column.name() + " is no " + column.type().typeName();
            }
        }
        return null;
    }

    /** The rows of objects that fit. */
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
        ColumnVector vector = switch (BinaryColumn.kind(type)) {
            case LONG, DECIMAL -> numbers(values);
            case DOUBLE -> doubles(values);
            case BOOL -> truths(values);
            default -> texts(values);
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

    /** A value as the vector of its column has it; null if it is none of the type. */
    private static @Nullable Object fitting(ColumnType type, Object value) {
        return switch (BinaryColumn.kind(type)) {
            case LONG -> whole(value, 0);
            case DECIMAL -> whole(value, BinaryColumn.scale(type));
            case DOUBLE -> value instanceof Number number ? (Double) number.doubleValue() : null;
            case BOOL -> value instanceof Boolean ? value : null;
            case TEXT -> text(value);
            case NOTHING -> null;
        };
    }

    /** A number times ten to the power of its digits; what has more digits is rounded if it may have some at all. */
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
        return value instanceof Map || value instanceof List ? null : value.toString();
    }
}
