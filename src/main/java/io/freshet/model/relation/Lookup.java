package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/**
 * A target whose value is a function of one or two other columns, stored as a table.
 *
 * @param keys the keys of one or two columns
 * @param table the value for each key, or for each pair of keys with the second key varying fastest; −1 where the relation
 *        gives no value. The last key of a column is that of missing values
 * @param fallback the value for an unknown key
 */
public record Lookup(int target, List<Keys> keys, Values values, List<Integer> table, int fallback)
        implements
            CompleteRelation {

    private static final int UNTOLD = -1;
    private static final int UNKNOWN = -2;

    public Lookup {
        keys = List.copyOf(keys);
        table = List.copyOf(table);
        int size = keys.stream().mapToInt(key -> key.size() + 1).reduce(1, (a, b) -> a * b);
        int most = values.size();
        if (keys.isEmpty() || keys.size() > 2 || table.size() != size
                || table.stream().anyMatch(value -> value < -1 || value > most) || fallback < 0 || fallback > most) {
            throw new IllegalArgumentException("a lookup needs one or two keys and a value for each");
        }
    }

    @Override
    public List<Integer> sources() {
        return keys.stream().flatMap(key -> key.columns().stream()).distinct().toList();
    }

    @Override
    public String kind() {
        return keys.get(0) instanceof Keys.Part ? "date part" : keys.get(0) instanceof Keys.Ranges ? "step" : "dependency";
    }

    @Override
    public String text(Schema schema) {
        return keys.stream().map(key -> key.text(schema)).collect(Collectors.joining(", ")) + " -> "
                + schema.column(target).name();
    }

    @Override
    public ColumnVector newVector(Column column, int capacity) {
        return values.areTexts() ? CodedVector.create(capacity, TextDictionary.of(values.texts()))
                : NumberVector.create(capacity, values.least(), values.greatest());
    }

    private IntUnaryOperator value(Cells cells) {
        int[] of = table.stream().mapToInt(Integer::intValue).toArray();
        IntUnaryOperator first = keys.get(0).reader(cells);
        if (keys.size() == 1) {
            return row -> {
                int key = first.applyAsInt(row);
                return key < 0 ? UNKNOWN : of[key];
            };
        }
        IntUnaryOperator second = keys.get(1).reader(cells);
        int width = keys.get(1).size() + 1;
        return row -> {
            int key = first.applyAsInt(row);
            int other = second.applyAsInt(row);
            return key < 0 || other < 0 ? UNKNOWN : of[key * width + other];
        };
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        IntUnaryOperator value = value(cells);
        Values.Writer writer = values.writer(own);
        return row -> {
            int known = value.applyAsInt(row);
            if (known != UNTOLD) {
                writer.write(row, known < 0 ? fallback : known);
            }
        };
    }

    @Override
    public IntUnaryOperator gives(Cells cells) {
        IntUnaryOperator value = value(cells);
        return row -> {
            int known = value.applyAsInt(row);
            return known == UNKNOWN ? -1 : known == UNTOLD || known == values.size() ? 0 : 1;
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntUnaryOperator expected = value(cells);
        IntUnaryOperator actual = valueOfTarget(cells);
        return row -> {
            int value = expected.applyAsInt(row);
            int own = actual.applyAsInt(row);
            return value >= 0 && value != own && own != values.size();
        };
    }

    /** Returns the number of a row's value, or −1 if it is not one of the values. */
    private IntUnaryOperator valueOfTarget(Cells cells) {
        if (values.areTexts()) {
            return new Keys.Names(target, values.texts()).reader(cells);
        }
        NumberReader reader = cells.numbers(target);
        int digits = NumberReader.digits(cells.column(target).type());
        java.util.Map<Long, Integer> places = new java.util.HashMap<>();
        for (int i = 0; i < values.numbers().size(); i++) {
            places.put(values.numbers().get(i), i);
        }
        return row -> reader.isMissing(row) ? values.size() : places.getOrDefault(reader.scaled(row, digits), -1);
    }
}
