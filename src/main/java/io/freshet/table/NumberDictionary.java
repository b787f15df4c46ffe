package io.freshet.table;

import java.util.stream.LongStream;

/** A dictionary of numbers in the representation of a {@link NumberVector} of the same column (scaled, or ticks). */
public final class NumberDictionary implements Dictionary {

    private final long[] values;

    private NumberDictionary(long[] values) {
        this.values = values;
    }

    /** Creates a dictionary in which code <i>i</i> denotes {@code values[i]}. */
    public static NumberDictionary of(long... values) {
        return new NumberDictionary(values.clone());
    }

    @Override
    public int size() {
        return values.length;
    }

    boolean isInt32() {
        return LongStream.of(values).allMatch(value -> value == (int) value);
    }

    public long value(int code) {
        return values[code];
    }
}
