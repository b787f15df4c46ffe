package io.freshet.table;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Numbers, kept as integers scaled by the digits that any of them had, or as doubles when that would not be exact. NaN,
 * infinity and the {@link PlaceHolders} do not count as values.
 */
final class NumberValues implements ColumnValues {

    /** Which numbers are taken. */
    enum Rule {
        ANY,
        INTEGERS,
        DOUBLES
    }

    private final NumberText number = new NumberText();
    private final NumberScale scale = new NumberScale();
    private final SlotNumbers slots = new SlotNumbers();
    private final Rule rule;
    private long taken;
    private long first;
    private long last;
    private boolean increasing = true;

    NumberValues(Rule rule) {
        this.rule = rule;
        if (rule == Rule.DOUBLES) {
            scale.becomeFloating();
        }
    }

    /** The same column as numbers; empty if a text is neither a number nor a place holder. */
    static Optional<NumberValues> of(DistinctValues column, Rule rule) {
        NumberValues numbers = new NumberValues(rule);
        DistinctTexts texts = column.texts();
        for (int code = 0; code < texts.size(); code++) {
            if (numbers.accepts(texts.pool(), texts.start(code), texts.length(code))) {
                numbers.admit();
                numbers.increasing &= texts.count(code) == 1;
            } else if (!PlaceHolders.contain(texts.text(code))) {
                return Optional.empty();
            }
        }
        for (int slot = 0; slot < column.slots(); slot++) {
            int code = column.code(slot);
            if (code >= 0 && numbers.accepts(texts.pool(), texts.start(code), texts.length(code))) {
                numbers.store(slot);
            }
        }
        return numbers.taken == 0 ? Optional.empty() : Optional.of(numbers);
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
        if (!number.parse(bytes, from, length)) {
            return false;
        }
        if (rule == Rule.INTEGERS) {
            number.dropTrailingZeros();
            return number.isInteger();
        }
        return true;
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

    /** The smallest type that holds all of them. */
    ColumnType type() {
        return scale.type();
    }

    /** Whether they are whole numbers of which, as far as is known, none comes twice. */
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

    /** Whether they count the rows, from 0 or 1. */
    boolean countRows(long rows) {
        return increasing && taken == rows && (first == 0 || first == 1) && last - first == taken - 1;
    }

    /** The number in a slot, as a text; empty if there is none. */
    Optional<String> text(int slot) {
        long value = slots.get(slot);
        if (value == NumberVector.MISSING) {
            return Optional.empty();
        }
        return Optional.of(scale.isFloating() ? Double.toString(Double.longBitsToDouble(value))
                : BigDecimal.valueOf(value, scale.digits()).toPlainString());
    }

    /** How many slots may have a value. */
    int slots() {
        return slots.length();
    }

    /** The vector of a type that holds all numbers: {@link #type()}, or a decimal with more digits. */
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
