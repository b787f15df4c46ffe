package io.freshet.table;

import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch as maps from column to value, in the order of the columns: {@code Long}, {@code BigDecimal},
 * {@code Double}, {@code Boolean}, {@code String}, {@code List} or {@code Map}, and null where a value is missing. A column of
 * {@link Column#isObject objects} has an empty map where there is one. Dates are texts in the format of their column. For
 * programs that look at rows one by one; it is far from the fastest way to write many.
 */
public final class RowRecords extends AbstractList<Map<String, @Nullable Object>> implements RandomAccess {

    private final RowBatch batch;

    private RowRecords(RowBatch batch) {
        this.batch = batch;
    }

    /** Returns a live view of the current contents of the batch. */
    public static RowRecords of(RowBatch batch) {
        return new RowRecords(batch);
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public Map<String, @Nullable Object> get(int row) {
        return Collections.unmodifiableMap(copy(row));
    }

    /** Returns an independent, mutable map of a row. */
    public Map<String, @Nullable Object> copy(int row) {
        if (row < 0 || row >= batch.size()) {
            throw new IndexOutOfBoundsException("row " + row + " of " + batch.size());
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int c = 0; c < batch.schema().size(); c++) {
            Column column = batch.schema().column(c);
            Object value = value(column.type(), batch.vector(c), row);
            values.put(column.name(), column.isArray() && value instanceof String text ? JsonContents.array(text) : value);
        }
        return values;
    }

    private static @Nullable Object value(ColumnType type, ColumnVector vector, int row) {
        if (vector.isMissing(row)) {
            return null;
        }
        if (vector instanceof TextVector texts) {
            if (type instanceof ColumnType.Json) {
                return JsonContents.of(texts.text(row));
            }
            return type instanceof ColumnType.Identifier identifier && identifier.number() ? literal(texts.text(row))
                    : texts.text(row);
        }
        if (vector instanceof FloatingVector doubles) {
            return doubles.values()[row];
        }
        if (vector instanceof NumberVector numbers) {
            return number(type, numbers.values()[row]);
        }
        CodedVector coded = (CodedVector) vector;
        int code = coded.codes()[row];
        if (coded.dictionary() instanceof NumberDictionary numbers) {
            return number(type, numbers.value(code));
        }
        return text(type, code, (TextDictionary) coded.dictionary());
    }

    private static Object number(ColumnType type, long value) {
        if (type instanceof ColumnType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.digits());
        }
        return type instanceof ColumnType.DateTime date ? date.format().print(value) : (Object) value;
    }

    private static Object text(ColumnType type, int code, TextDictionary texts) {
        if (type instanceof ColumnType.Bool) {
            return code == 1;
        }
        if (type instanceof ColumnType.Constant constant && !constant.literal().startsWith("\"")
                && !constant.literal().startsWith("[")) {
            return literal(constant.literal());
        }
        return type instanceof ColumnType.Categorical names && names.literal() ? literal(texts.text(code)) : texts.text(code);
    }

    private static Object literal(String json) {
        if (json.equals(Column.OBJECT)) {
            return Map.of();
        }
        if (json.equals("true") || json.equals("false")) {
            return json.equals("true");
        }
        BigDecimal number = new BigDecimal(json);
        return json.matches("-?\\d{1,18}") ? (Object) number.longValueExact() : number;
    }
}
