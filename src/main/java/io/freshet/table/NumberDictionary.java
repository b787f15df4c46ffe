package io.freshet.table;

/** A dictionary of numbers, as a {@link NumberVector} of the same column holds them (scaled, or ticks). */
public final class NumberDictionary implements Dictionary {

    private final long[] values;

    private NumberDictionary(long[] values) {
        this.values = values;
    }

    /** Code <i>i</i> stands for {@code values[i]}. */
    public static NumberDictionary of(long... values) {
        return new NumberDictionary(values.clone());
    }

    @Override
    public int size() {
        return values.length;
    }

    public long value(int code) {
        return values[code];
    }
}
