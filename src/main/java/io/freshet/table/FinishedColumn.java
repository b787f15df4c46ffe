package io.freshet.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column whose type is known, as a vector.
 *
 * @param values how many of all rows had a value of this type
 * @param counts for a vector over a {@link TextDictionary}: how many of all rows had each code
 */
record FinishedColumn(ColumnVector vector, long values, List<Long> counts) {

    static FinishedColumn of(ColumnBuilder column, ColumnType type, int slots) {
        if (type instanceof ColumnType.Missing) {
            return new FinishedColumn(CodedVector.create(slots, TextDictionary.of(List.of())), 0, List.of());
        }
        if (type instanceof ColumnType.Categorical) {
            return dictionary(column, column.texts().stream().sorted().toList(), slots);
        }
        if (type instanceof ColumnType.Bool bool) {
            return dictionary(column, List.of(bool.falseText(), bool.trueText()), slots);
        }
        if (type instanceof ColumnType.Constant constant) {
            return dictionary(column, List.of(constant.text()), slots);
        }
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            return new FinishedColumn(texts(column, slots), column.values(), List.of());
        }
        return type instanceof ColumnType.DateTime dateTime ? dates(column, dateTime.format(), slots)
                : numbers(column, type, slots);
    }

    private static FinishedColumn dictionary(ColumnBuilder column, List<String> texts, int slots) {
        Map<String, Integer> codes = new HashMap<>();
        texts.forEach(text -> codes.put(text, codes.size()));
        Long[] counts = new Long[texts.size()];
        Arrays.fill(counts, 0L);
        int[] recoded = new int[column.texts().size()];
        for (int code = 0; code < recoded.length; code++) {
            recoded[code] = codes.getOrDefault(column.texts().get(code), 0);
            counts[recoded[code]] += column.count(code);
        }
        CodedVector vector = CodedVector.create(slots, TextDictionary.of(texts));
        for (int slot = 0; slot < slots; slot++) {
            int code = column.sampledCode(slot);
            vector.codes()[slot] = code < 0 ? texts.size() : recoded[code];
        }
        return new FinishedColumn(vector, column.values(), List.of(counts));
    }

    private static TextVector texts(ColumnBuilder column, int slots) {
        TextVector vector = TextVector.create(slots);
        double[] numbers = column.numbers();
        for (int slot = 0; slot < slots; slot++) {
            int code = column.sampledCode(slot);
            if (numbers != null && slot < numbers.length && !Double.isNaN(numbers[slot])) {
                vector.append(slot, Long.toString((long) numbers[slot]));
            } else if (code >= 0) {
                vector.append(slot, column.texts().get(code));
            } else {
                vector.setMissing(slot);
            }
        }
        return vector;
    }

    private static FinishedColumn dates(ColumnBuilder column, DateTimeFormat format, int slots) {
        long[] ticks = new long[column.texts().size()];
        for (int code = 0; code < ticks.length; code++) {
            ticks[code] = format.parse(column.texts().get(code));
        }
        NumberVector vector = NumberVector.create(slots);
        for (int slot = 0; slot < slots; slot++) {
            int code = column.sampledCode(slot);
            vector.values()[slot] = code < 0 ? NumberVector.MISSING : ticks[code];
        }
        return new FinishedColumn(vector, column.values(), List.of());
    }

    private static FinishedColumn numbers(ColumnBuilder column, ColumnType type, int slots) {
        double[] parsed = new double[column.texts().size()];
        long values = column.values();
        for (int code = 0; code < parsed.length; code++) {
            boolean finite = !Numbers.isNonFinite(column.texts().get(code));
            parsed[code] = finite ? Double.parseDouble(column.texts().get(code)) : Double.NaN;
            values -= finite || column.numbers() != null ? 0 : column.count(code);
        }
        double[] sampled = new double[slots];
        double[] numbers = column.numbers();
        for (int slot = 0; slot < slots; slot++) {
            int code = column.sampledCode(slot);
            double wide = numbers != null && slot < numbers.length ? numbers[slot] : Double.NaN;
            sampled[slot] = code < 0 ? wide : parsed[code];
        }
        if (type instanceof ColumnType.Floating) {
            return new FinishedColumn(FloatingVector.wrap(sampled), values, List.of());
        }
        double scale = type instanceof ColumnType.Decimal decimal ? StrictMath.pow(10, decimal.digits()) : 1;
        NumberVector vector = NumberVector.create(slots);
        for (int slot = 0; slot < slots; slot++) {
            vector.values()[slot] = Double.isNaN(sampled[slot]) ? NumberVector.MISSING
                    : Math.round(sampled[slot] * scale);
        }
        return new FinishedColumn(vector, values, List.of());
    }
}
