package io.freshet.model.relation;

import java.util.List;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;
import io.freshet.table.TextDictionary;

/**
 * The values of a target, numbered 0 … size − 1. The number {@code size} stands for a missing value.
 *
 * @param texts the texts of categories; empty for numbers
 * @param numbers the numbers or dates in the representation of the vector; empty for categories
 */
public record Values(List<String> texts, List<Long> numbers) {

    public Values {
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
        if (!texts.isEmpty() && !numbers.isEmpty()) {
            throw new IllegalArgumentException("values are texts or numbers");
        }
    }

    public int size() {
        return Math.max(texts.size(), numbers.size());
    }

    boolean areTexts() {
        return !texts.isEmpty();
    }

    long least() {
        return numbers.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    long greatest() {
        return numbers.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Writes a value into a row. */
    @FunctionalInterface
    interface Writer {

        void write(int row, int value);
    }

    Writer writer(ColumnVector out) {
        if (out instanceof NumberVector vector) {
            long[] values = new long[size() + 1];
            for (int i = 0; i < numbers.size(); i++) {
                values[i] = numbers.get(i);
            }
            values[size()] = NumberVector.MISSING;
            long[] cells = vector.values();
            return (row, value) -> cells[row] = values[value];
        }
        CodedVector coded = (CodedVector) out;
        List<String> known = ((TextDictionary) coded.dictionary()).texts();
        int[] codes = Keys.codesIn(texts, known, known.size());
        int[] cells = coded.codes();
        return (row, value) -> cells[row] = codes[value] >= 0 ? codes[value] : cells[row];
    }
}
