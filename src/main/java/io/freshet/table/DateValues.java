package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Dates or instants, kept as microseconds. When a text contradicts the format, the next format takes over if all that was
 * kept is written the same in it: 05/01/2024 is in January when 13/01/2024 follows. {@link PlaceHolders} do not count as
 * values.
 */
final class DateValues implements ColumnValues {

    private final SlotNumbers slots = new SlotNumbers();
    private final List<DateTimeFormat> formats;
    private int current;
    private int unit;

    private DateValues(List<DateTimeFormat> formats) {
        this.formats = formats;
    }

    /** The same column as dates; empty if a text is neither a date of the format of the others nor a place holder. */
    static Optional<DateValues> of(DistinctValues column) {
        DistinctTexts texts = column.texts();
        int first = 0;
        while (first < texts.size() && PlaceHolders.contain(texts.text(first))) {
            first++;
        }
        if (first == texts.size()) {
            return Optional.empty();
        }
        DateValues dates = new DateValues(DateTimeGuess.candidates(texts.text(first)));
        while (dates.current < dates.formats.size() && !dates.takeAll(column)) {
            dates.current++;
        }
        return dates.current == dates.formats.size() ? Optional.empty() : Optional.of(dates);
    }

    private boolean takeAll(DistinctValues column) {
        DistinctTexts texts = column.texts();
        long[] micros = new long[texts.size()];
        unit = 0;
        for (int code = 0; code < micros.length; code++) {
            micros[code] = format().micros(texts.pool(), texts.start(code), texts.length(code));
            if (micros[code] != DateTimePattern.INVALID) {
                refine(micros[code]);
            } else if (!PlaceHolders.contain(texts.text(code))) {
                return false;
            }
        }
        for (int slot = 0; slot < column.slots(); slot++) {
            int code = column.code(slot);
            if (code >= 0 && micros[code] != DateTimePattern.INVALID) {
                slots.set(slot, micros[code]);
            }
        }
        return true;
    }

    private DateTimeFormat format() {
        return formats.get(current);
    }

    @Override
    public boolean put(long row, int slot, FieldText text) {
        long micros = format().micros(text.bytes(), 0, text.length());
        if (micros == DateTimePattern.INVALID) {
            if (PlaceHolders.contain(text) || !switchFormat(text)) {
                return false;
            }
            micros = format().micros(text.bytes(), 0, text.length());
        }
        refine(micros);
        if (slot >= 0) {
            slots.set(slot, micros);
        }
        return true;
    }

    /** Counts in the coarsest unit of which all values are multiples. */
    private void refine(long micros) {
        while (unit < DateTimeFormat.UNITS.size() - 1 && Math.floorMod(micros, micros(unit)) != 0) {
            unit++;
        }
    }

    private static long micros(int unit) {
        return DateTimeFormat.UNITS.get(unit).getDuration().toNanos() / 1000;
    }

    private boolean switchFormat(FieldText text) {
        for (int next = current + 1; next < formats.size(); next++) {
            if (formats.get(next).micros(text.bytes(), 0, text.length()) != DateTimePattern.INVALID
                    && rewrite(formats.get(next))) {
                current = next;
                return true;
            }
        }
        return false;
    }

    private boolean rewrite(DateTimeFormat next) {
        long[] rewritten = slots.toArray(slots.length()).clone();
        for (int slot = 0; slot < rewritten.length; slot++) {
            if (rewritten[slot] != NumberVector.MISSING) {
                byte[] text = format().printMicros(rewritten[slot]).getBytes(StandardCharsets.US_ASCII);
                rewritten[slot] = next.micros(text, 0, text.length);
                if (rewritten[slot] == DateTimePattern.INVALID) {
                    return false;
                }
            }
        }
        for (int slot = 0; slot < rewritten.length; slot++) {
            slots.set(slot, rewritten[slot]);
        }
        return true;
    }

    @Override
    public void clear(int slot) {
        slots.clear(slot);
    }

    @Override
    public void keep(int[] kept) {
        slots.keep(kept);
    }

    ColumnType.DateTime type() {
        ChronoUnit resolution = DateTimeFormat.UNITS.get(unit);
        return new ColumnType.DateTime(format().withResolution(resolution));
    }

    /** The date in a slot, as a text; empty if there is none. */
    Optional<String> text(int slot) {
        long micros = slots.get(slot);
        return micros == NumberVector.MISSING ? Optional.empty() : Optional.of(format().printMicros(micros));
    }

    /** How many slots may have a value. */
    int slots() {
        return slots.length();
    }

    NumberVector vector(int sampled) {
        long tick = micros(unit);
        long[] values = slots.toArray(sampled);
        for (int i = 0; i < sampled; i++) {
            values[i] = values[i] == NumberVector.MISSING ? NumberVector.MISSING : Math.floorDiv(values[i], tick);
        }
        return NumberVector.wrap(values);
    }
}
