package io.freshet.table;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Numbers, kept as integers that are scaled by the maximum number of digits, or as doubles if that would not be exact. NaN,
 * infinity and the {@link PlaceHolders} do not count as values.
 */
final class NumberValues implements ColumnValues {

    /** Which numbers are accepted. */
    enum Rule {
        ANY,
        INTEGERS,
        DOUBLES
    }

    private static final int MIN_CODE_DIGITS = 9;
    /** In 2039. */
    private static final long LATEST_SECOND = 2_200_000_000L;

    private final NumberText number = new NumberText();
    private final NumberScale scale = new NumberScale();
    private final SlotNumbers slots = new SlotNumbers();
    private final OddCells odd = new OddCells();
    private final Rule rule;
    private final @Nullable NumberFormat format;
    private final boolean lenient;
    private long taken;
    private long first;
    private long last;
    private boolean increasing = true;

    NumberValues(Rule rule) {
        this(rule, null, false);
    }

    /**
     * @param format how the numbers are written; null if as in JSON
     * @param lenient whether numbers may also be written as in JSON
     */
    private NumberValues(Rule rule, @Nullable NumberFormat format, boolean lenient) {
        this.rule = rule;
        this.format = format;
        this.lenient = lenient;
        if (rule == Rule.DOUBLES) {
            scale.becomeFloating();
        }
    }

    /** Converts a column to numbers; empty if a text is neither a number nor a placeholder. */
    static Optional<NumberValues> of(DistinctValues column, Rule rule) {
        return of(column, rule, 0);
    }

    /**
     * Converts a column to numbers.
     *
     * @param values the number of values of the column, of which a few may be {@link OddCells}; 0 to allow none
     */
    static Optional<NumberValues> of(DistinctValues column, Rule rule, long values) {
        return fill(new NumberValues(rule), column, values);
    }

    /**
     * Converts a column to numbers that are written in a format.
     *
     * @param values the number of values of the column, of which a few may be {@link OddCells}; 0 to allow none
     * @param lenient whether numbers may also be written as in JSON
     */
    static Optional<NumberValues> of(DistinctValues column, Rule rule, long values, NumberFormat format, boolean lenient) {
        return fill(new NumberValues(rule, format, lenient), column, values);
    }

    private static Optional<NumberValues> fill(NumberValues numbers, DistinctValues column, long values) {
        DistinctTexts texts = column.texts();
        for (int code = 0; code < texts.size(); code++) {
            if (numbers.accepts(texts.pool(), texts.start(code), texts.length(code))) {
                numbers.admit();
                numbers.increasing &= texts.count(code) == 1;
            } else if (!PlaceHolders.contain(texts.text(code)) && !numbers.admitOdd(texts, code, values)) {
                return Optional.empty();
            }
        }
        if (numbers.odd.cells() > 0 && !OddCells.areEnough((int) numbers.taken)) {
            return Optional.empty();
        }
        for (int slot = 0; slot < column.slots(); slot++) {
            int code = column.code(slot);
            if (code >= 0 && numbers.accepts(texts.pool(), texts.start(code), texts.length(code))) {
                numbers.store(slot);
            }
        }
        return numbers.taken == 0 ? Optional.empty() : Optional.of(numbers);
    }

    private boolean admitOdd(DistinctTexts texts, int code, long values) {
        String text = texts.text(code);
        if (!OddCells.mayBe(text) || !OddCells.areFew(odd.cells() + texts.count(code), values)) {
            return false;
        }
        odd.add(texts.firstRow(code), texts.count(code), text);
        return true;
    }

    @Override
    public OddCells odd() {
        return odd;
    }

    @Override
    public boolean put(long row, int slot, FieldText text) {
        if (!accepts(text.bytes(), 0, text.length())) {
            return false;
        }
        admit();
        if (slot >= 0) {
            store(slot);
        }
        return true;
    }

    private boolean accepts(byte[] bytes, int from, int length) {
        if (format == null ? !number.parse(bytes, from, length) : !acceptsFormatted(format, bytes, from, length)) {
            return false;
        }
        number.dropRoundingError();
        if (rule == Rule.INTEGERS) {
            number.dropTrailingZeros();
            return number.isInteger();
        }
        return true;
    }

    private boolean acceptsFormatted(NumberFormat written, byte[] bytes, int from, int length) {
        byte[] plain = written.plain(new String(bytes, from, length, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.ISO_8859_1);
        return plain.length > 0 ? number.parse(plain, 0, plain.length) : lenient && number.parse(bytes, from, length);
    }

    /** Returns how the numbers are written; null if as in JSON, or if only doubles hold them. */
    @Nullable
    NumberFormat format() {
        return scale.isFloating() ? null : format;
    }

    private void admit() {
        int digits = scale.digits();
        boolean floating = scale.isFloating();
        scale.admit(number);
        if (scale.isFloating() != floating) {
            becomeDoubles(digits);
        } else if (scale.digits() > digits) {
            rescale((long) NumberText.power(scale.digits() - digits));
        }
        long value = number.unscaled();
        first = taken == 0 ? value : first;
        increasing &= number.isInteger() && (taken == 0 || value > last);
        last = value;
        taken++;
    }

    private void store(int slot) {
        slots.set(slot, scale.isFloating() ? Double.doubleToRawLongBits(number.doubleValue()) : scale.scaled(number));
    }

    private void becomeDoubles(int digits) {
        for (int slot = 0; slot < slots.length(); slot++) {
            long value = slots.get(slot);
            if (value != NumberVector.MISSING) {
                slots.set(slot, Double.doubleToRawLongBits(value / NumberText.power(digits)));
            }
        }
    }

    private void rescale(long factor) {
        for (int slot = 0; slot < slots.length(); slot++) {
            long value = slots.get(slot);
            if (value != NumberVector.MISSING) {
                slots.set(slot, value * factor);
            }
        }
    }

    @Override
    public void clear(int slot) {
        slots.clear(slot);
    }

    @Override
    public void keep(int[] kept) {
        slots.keep(kept);
    }

    /** Returns the smallest type that holds all of them. */
    ColumnType type() {
        return scale.type();
    }

    /** Returns whether they are integers of which, as far as is known, none occurs twice. */
    boolean areUniqueIntegers(int sampled) {
        if (scale.isFloating() || scale.digits() > 0) {
            return false;
        }
        if (increasing) {
            return true;
        }
        long[] sorted = slots.toArray(sampled).clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1] && sorted[i] != NumberVector.MISSING) {
                return false;
            }
        }
        return true;
    }

    /** Returns the retained integers by slot, with {@link NumberVector#MISSING} for none; empty if they are no integers. */
    Optional<long[]> integers(int sampled) {
        return scale.isFloating() || scale.digits() > 0 ? Optional.empty() : Optional.of(slots.toArray(sampled));
    }

    /**
     * Returns whether they look like the numbers of cards, phones or accounts: integers, long, all of one length, and not times
     * since 1970 in any common unit.
     */
    boolean areLongCodes(int sampled) {
        if (scale.isFloating() || scale.digits() > 0) {
            return false;
        }
        int digits = 0;
        boolean times = true;
        for (long value : slots.toArray(sampled)) {
            if (value != NumberVector.MISSING) {
                int length = value < 0 ? 0 : Long.toString(value).length();
                if (length < MIN_CODE_DIGITS || digits > 0 && length != digits) {
                    return false;
                }
                digits = length;
                times &= length % 3 == 1 && value / (long) NumberText.power(length - 10) < LATEST_SECOND;
            }
        }
        return digits > 0 && !times;
    }

    /** Returns whether they number the rows, from 0 or 1. */
    boolean countRows(long rows) {
        return increasing && taken == rows && (first == 0 || first == 1) && last - first == taken - 1;
    }

    /** Returns the number in a slot, as text; empty if there is none. */
    Optional<String> text(int slot) {
        long value = slots.get(slot);
        if (value == NumberVector.MISSING) {
            return Optional.empty();
        }
        if (format != null && !scale.isFloating()) {
            return Optional.of(format.print(value, scale.digits()));
        }
        return Optional.of(scale.isFloating() ? Double.toString(Double.longBitsToDouble(value))
                : BigDecimal.valueOf(value, scale.digits()).toPlainString());
    }

    /** Returns how many slots may have a value. */
    int slots() {
        return slots.length();
    }

    /** Returns the vector of a type that holds all numbers: {@link #type()}, or a decimal with more digits. */
    ColumnVector vector(ColumnType type, int sampled) {
        if (scale.isFloating()) {
            long[] values = slots.toArray(sampled);
            double[] doubles = new double[sampled];
            for (int i = 0; i < sampled; i++) {
                doubles[i] = values[i] == NumberVector.MISSING ? Double.NaN : Double.longBitsToDouble(values[i]);
            }
            return FloatingVector.wrap(doubles);
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        if (digits > scale.digits()) {
            rescale((long) NumberText.power(digits - scale.digits()));
        }
        return NumberVector.wrap(slots.toArray(sampled));
    }
}
