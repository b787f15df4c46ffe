package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.CodedVector;
import io.freshet.table.RareNames;
import io.freshet.table.TextDictionary;

/** Widens a relation by the names, values and bounds of new rows that satisfy it. */
final class RelationUpdate {

    private RelationUpdate() {
    }

    static Relation of(Relation relation, Cells cells) {
        if (relation instanceof Lookup lookup && lookup.keys().size() == 1
                && lookup.keys().get(0) instanceof Keys.Names names) {
            return widened(lookup, names, cells);
        }
        if (relation instanceof AtLeast order) {
            double[] range = range(order.target(), order.least(), order.greatest(), cells);
            return new AtLeast(order.target(), order.lessers(), range[0], range[1], order.caps(),
                    order.floored());
        }
        if (relation instanceof AtMost order) {
            double[] range = range(order.target(), order.least(), order.greatest(), cells);
            return new AtMost(order.target(), order.source(), range[0], range[1]);
        }
        return relation;
    }

    private static double[] range(int column, double min, double max, Cells cells) {
        NumberReader reader = cells.numbers(column);
        double unit = NumberColumn.unit(cells.column(column));
        double low = min;
        double high = max;
        for (int row = 0; row < cells.rows().size(); row++) {
            if (!reader.isMissing(row)) {
                low = Math.min(low, reader.value(row) * unit);
                high = Math.max(high, reader.value(row) * unit);
            }
        }
        return new double[] { low, high };
    }

    private static Lookup widened(Lookup lookup, Keys.Names names, Cells cells) {
        Map<String, Integer> rowOf = new TreeMap<>();
        Map<String, Integer> counts = new HashMap<>();
        CodedVector vector = (CodedVector) cells.vector(names.column());
        TextDictionary texts = (TextDictionary) vector.dictionary();
        for (int row = 0; row < cells.rows().size(); row++) {
            if (!vector.isMissing(row)) {
                String name = texts.text(vector.codes()[row]);
                rowOf.putIfAbsent(name, row);
                counts.merge(name, 1, Integer::sum);
            }
        }
        names.names().forEach(rowOf::remove);
        rowOf.keySet().removeIf(name -> RareNames.isRare(counts.getOrDefault(name, 0), cells.rows().size()));
        if (rowOf.isEmpty()) {
            return lookup;
        }
        List<String> known = new ArrayList<>(names.names());
        List<String> valueTexts = new ArrayList<>(lookup.values().texts());
        List<Long> valueNumbers = new ArrayList<>(lookup.values().numbers());
        List<Integer> added = new ArrayList<>();
        rowOf.forEach((name, row) -> {
            known.add(name);
            added.add(value(lookup, cells, row, valueTexts, valueNumbers));
        });
        Values values = new Values(valueTexts, valueNumbers);
        return new Lookup(lookup.target(), List.of(new Keys.Names(names.column(), known)), values,
                table(lookup, added, values.size()),
                lookup.fallback() == lookup.values().size() ? values.size() : lookup.fallback());
    }

    /** Returns the number of a row's value, adding the value if it is new; −1 for a missing value. */
    private static int value(Lookup lookup, Cells cells, int row, List<String> texts, List<Long> numbers) {
        if (cells.vector(lookup.target()).isMissing(row)) {
            return -1;
        }
        if (lookup.values().areTexts()) {
            CodedVector vector = (CodedVector) cells.vector(lookup.target());
            String text = ((TextDictionary) vector.dictionary()).text(vector.codes()[row]);
            return placeOf(texts, text);
        }
        int digits = NumberReader.digits(cells.column(lookup.target()).type());
        return placeOf(numbers, cells.numbers(lookup.target()).scaled(row, digits));
    }

    private static <T> int placeOf(List<T> values, T value) {
        if (!values.contains(value)) {
            values.add(value);
        }
        return values.indexOf(value);
    }

    /** Returns the table with more keys before that of missing values, and with a new number for a missing value. */
    private static List<Integer> table(Lookup lookup, List<Integer> added, int missing) {
        int before = lookup.values().size();
        List<Integer> table = new ArrayList<>();
        int keys = lookup.table().size() - 1;
        IntStream.range(0, keys).map(key -> lookup.table().get(key)).map(value -> value == before ? missing : value)
                .forEach(table::add);
        added.forEach(value -> table.add(value < 0 ? missing : value));
        int last = lookup.table().get(keys);
        table.add(last == before ? missing : last);
        return table;
    }
}
