package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Dates or instants, kept as microseconds. If the format is not known in advance, it is detected: when a text contradicts the
 * current format, the next one replaces it if all previous texts read the same in it. For example, 05/01/2024 is in January if
 * 13/01/2024 follows. {@link PlaceHolders} do not count as values.
 */
final class DateValues implements ColumnValues {

    private static final int MAX_ODD_TEXTS = 3;

    private final SlotNumbers slots = new SlotNumbers();
    private final List<DateTimeFormat> formats;
    /** Whether the only format was known in advance. */
    private final boolean known;
    private final OddCells odd = new OddCells();
    private boolean mixed;
    private int current;
    private int unit;
    /** How many cells have an offset that differs from the format's. */
    private long otherOffsets;
    /** How many distinct dates there are. */
    private int taken;
    /** The number of values of a column that may have odd cells; 0 if it may have none. */
    private long allowed;

    private DateValues(List<DateTimeFormat> formats, boolean known) {
        this.formats = formats;
        this.known = known;
    }

    /** Converts a column to dates in a known format; empty if a text is neither such a date nor a placeholder. */
    static Optional<DateValues> of(DistinctValues column, DateTimeFormat format) {
        DateValues dates = new DateValues(List.of(format), true);
        return dates.takeAll(column) ? Optional.of(dates) : Optional.empty();
    }

    /** Converts a column to dates; empty if a text is neither a date in the format of the others nor a placeholder. */
    static Optional<DateValues> of(DistinctValues column) {
        return of(column, 0);
    }

    /**
     * Converts a column to dates.
     *
     * @param values the number of values of the column, of which a few may be {@link OddCells}; 0 to allow none
     */
    static Optional<DateValues> of(DistinctValues column, long values) {
        DateValues dates = new DateValues(formats(column.texts(), values), false);
        while (dates.current < dates.formats.size() && !dates.takeAll(column)) {
            dates.current++;
        }
        if (dates.current < dates.formats.size()) {
            return Optional.of(dates.otherOffsets == 0 ? dates : dates.zoned(column));
        }
        return values == 0 ? Optional.empty() : dates.withOdd(column, values).or(() -> mixed(column, values));
    }

    /** The same dates with the offsets of a zone, if they follow one; otherwise as they are. */
    private DateValues zoned(DistinctValues column) {
        return ZoneOffsets.following(column.texts(), format()).flatMap(format -> {
            DateValues zoned = new DateValues(List.of(format), false);
            return zoned.takeAll(column) ? Optional.of(zoned) : Optional.empty();
        }).orElse(this);
    }

    /**
     * Converts a column to dates in a few formats, each of which some cells have. They are written in the format of most cells,
     * or in one with a time.
     *
     * @param values the number of values of the column, of which a few may be {@link OddCells}; 0 to allow none
     */
    static Optional<DateValues> mixed(DistinctValues column, long values) {
        List<DateTimeFormat> formats = DateFormatMix.of(column.texts(), values);
        if (formats.size() < 2) {
            return Optional.empty();
        }
        DateValues dates = new DateValues(formats, false);
        dates.mixed = true;
        dates.allowed = values;
        return dates.takeAll(column) && (values == 0 || OddCells.areEnough(dates.taken)) ? Optional.of(dates)
                : Optional.empty();
    }

    /** Returns how many cells have an offset from UTC that differs from the one that is written. */
    long otherOffsets() {
        return mixed ? 0 : otherOffsets;
    }

    /** Returns the other formats that were read; empty if there is only one. */
    List<DateTimeFormat> otherFormats() {
        return mixed ? formats.subList(1, formats.size()) : List.of();
    }

    /** Returns the formats of the first text that is not a placeholder or, if a few texts may be odd, of the first date. */
    private static List<DateTimeFormat> formats(DistinctTexts texts, long values) {
        List<DateTimeFormat> formats = List.of();
        int tried = 0;
        for (int code = 0; code < texts.size() && formats.isEmpty() && tried < (values == 0 ? 1 : MAX_ODD_TEXTS); code++) {
            if (!PlaceHolders.contain(texts.text(code))) {
                formats = DateTimeGuess.candidates(texts.text(code));
                tried++;
            }
        }
        return formats;
    }

    /** Selects the format with the fewest odd cells, if those are few. */
    private Optional<DateValues> withOdd(DistinctValues column, long values) {
        int best = -1;
        long min = Long.MAX_VALUE;
        for (current = 0; current < formats.size(); current++) {
            long cells = contradicting(column.texts());
            if (cells < min) {
                best = current;
                min = cells;
            }
        }
        if (best < 0 || !OddCells.areFew(min, values)) {
            return Optional.empty();
        }
        current = best;
        allowed = values;
        return takeAll(column) && OddCells.areEnough(taken) ? Optional.of(this) : Optional.empty();
    }

    private long contradicting(DistinctTexts texts) {
        long cells = 0;
        for (int code = 0; code < texts.size(); code++) {
            boolean date = micros(texts.pool(), texts.start(code), texts.length(code)) != DateTimePattern.INVALID;
            cells += date || PlaceHolders.contain(texts.text(code)) ? 0 : texts.count(code);
        }
        return cells;
    }

    private boolean takeAll(DistinctValues column) {
        DistinctTexts texts = column.texts();
        long[] micros = new long[texts.size()];
        unit = 0;
        taken = 0;
        otherOffsets = 0;
        for (int code = 0; code < micros.length; code++) {
            micros[code] = micros(texts.pool(), texts.start(code), texts.length(code));
            if (micros[code] != DateTimePattern.INVALID) {
                refine(micros[code]);
                taken++;
                otherOffsets += texts.text(code).endsWith(format().offset()) ? 0 : texts.count(code);
            } else if (!PlaceHolders.contain(texts.text(code)) && !admitOdd(texts, code)) {
                return false;
            }
        }
        if (taken == 0) {
            return false;
        }
        for (int slot = 0; slot < column.slots(); slot++) {
            int code = column.code(slot);
            if (code >= 0 && micros[code] != DateTimePattern.INVALID) {
                slots.set(slot, micros[code]);
            }
        }
        return true;
    }

    private boolean admitOdd(DistinctTexts texts, int code) {
        if (allowed == 0 || !OddCells.mayBe(texts.text(code))) {
            return false;
        }
        odd.add(texts.firstRow(code), texts.count(code), texts.text(code));
        return true;
    }

    @Override
    public OddCells odd() {
        return odd;
    }

    private long micros(byte[] bytes, int from, int length) {
        long micros = format().micros(bytes, from, length);
        for (int next = 1; mixed && micros == DateTimePattern.INVALID && next < formats.size(); next++) {
            micros = formats.get(next).micros(bytes, from, length);
        }
        return micros == DateTimePattern.INVALID && known
                ? DateTimeGuess.micros(new String(bytes, from, length, StandardCharsets.UTF_8), format())
                        .orElse(DateTimePattern.INVALID)
                : micros;
    }

    private DateTimeFormat format() {
        return formats.get(current);
    }

    @Override
    public boolean put(long row, int slot, FieldText text) {
        long micros = micros(text.bytes(), 0, text.length());
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

    /** Uses the coarsest unit of which all values are multiples. */
    private void refine(long micros) {
        while (unit < DateTimeFormat.UNITS.size() - 1 && Math.floorMod(micros, micros(unit)) != 0) {
            unit++;
        }
    }

    private static long micros(int unit) {
        return DateTimeFormat.UNITS.get(unit).getDuration().toNanos() / 1000;
    }

    private boolean switchFormat(FieldText text) {
        if (mixed) {
            return false;
        }
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

    /** Returns the date in a slot, as text; empty if there is none. */
    Optional<String> text(int slot) {
        long micros = slots.get(slot);
        return micros == NumberVector.MISSING ? Optional.empty() : Optional.of(format().printMicros(micros));
    }

    /** Returns how many slots may have a value. */
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
