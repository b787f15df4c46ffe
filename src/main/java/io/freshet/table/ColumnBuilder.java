package io.freshet.table;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Collects one column while a table is read. It counts distinct texts; with thousands of them that are all numbers or dates
 * it keeps those instead; when memory runs short it keeps the texts of the sampled rows only.
 */
final class ColumnBuilder {

    /** What a JSON input said a value is; CSV says nothing. */
    enum Kind {
        UNTYPED,
        STRING,
        NUMBER,
        BOOLEAN
    }

    private static final int NUMBERS_FROM = 1 << 13;
    private static final int PROSE_BYTES = 64;
    static final int MOST_DISTINCT = 1 << 20;

    private final String name;
    private final List<String> path;
    private final @Nullable TypeName override;
    private final MemoryUse memory;
    private final NumberText number = new NumberText();
    private ColumnValues kept;
    private long values;
    private long lastRow;
    private boolean tried;
    private boolean strings;
    private boolean numbers;
    private boolean booleans;

    ColumnBuilder(String name, List<String> path, @Nullable TypeName override, MemoryUse memory) {
        this.name = name;
        this.path = path;
        this.override = override;
        this.memory = memory;
        this.kept = override == TypeName.TEXT || override == TypeName.IDENTIFIER ? new TextValues(memory)
                : new DistinctValues(memory);
    }

    /** Says that a row has this column, be it with a value or without; false if it had it already. */
    boolean visit(long row) {
        boolean first = row != lastRow;
        lastRow = row;
        return first;
    }

    /**
     * Takes the value of a row.
     *
     * @param slot where the row is in the sample, or -1 if it is not kept
     */
    void put(long row, int slot, FieldText text, Kind kind) {
        if (kind == Kind.NUMBER && !number.parse(text) && !Double.isFinite(Double.parseDouble(text.toString()))) {
            return;
        }
        note(kind);
        boolean string = kind == Kind.STRING && kept instanceof NumberValues && override == null;
        if (!string && kept.put(row, slot, text)) {
            values++;
            if (kept instanceof DistinctValues distinct) {
                narrow(distinct);
            }
        } else if (string || !PlaceHolders.contain(text)) {
            becomeTexts(row, text);
            kept.put(row, slot, text);
            values++;
        }
    }

    private void note(Kind kind) {
        strings |= kind == Kind.STRING;
        numbers |= kind == Kind.NUMBER;
        booleans |= kind == Kind.BOOLEAN;
    }

    private void narrow(DistinctValues distinct) {
        if (distinct.size() == NUMBERS_FROM && !tried) {
            tried = true;
            if (isProse(distinct)) {
                shrink();
            } else {
                numbersOrDates(distinct).ifPresent(this::replace);
            }
        } else if (distinct.size() > MOST_DISTINCT) {
            shrink();
        }
    }

    /** Whether thousands of long texts hardly ever came twice, so that there is no use in counting them. */
    private boolean isProse(DistinctValues distinct) {
        return override == null && distinct.size() > values * 0.9
                && distinct.texts().meanLength() > PROSE_BYTES;
    }

    /** The column as numbers or dates, if all its values are and it may be that. */
    private Optional<ColumnValues> numbersOrDates(DistinctValues distinct) {
        return numbers(distinct).<ColumnValues> map(n -> n).or(() -> dates(distinct));
    }

    /** The column as numbers, if all its values are and nothing says that it is something else. */
    Optional<NumberValues> numbers(DistinctValues distinct) {
        if (override != null) {
            return override.isNumber() ? NumberValues.of(distinct, override.rule()) : Optional.empty();
        }
        return strings || booleans ? Optional.empty() : NumberValues.of(distinct, NumberValues.Rule.ANY);
    }

    /** The column as dates, if all its values are and nothing says that it is something else. */
    Optional<DateValues> dates(DistinctValues distinct) {
        boolean may = override == null ? !numbers && !booleans : override == TypeName.DATETIME;
        return may ? DateValues.of(distinct) : Optional.empty();
    }

    private void replace(ColumnValues other) {
        if (kept instanceof DistinctValues distinct) {
            values -= placeHolders(distinct, other);
            distinct.release();
        }
        kept = other;
    }

    /** How many rows had a value that is none in a column of numbers or dates. */
    static long placeHolders(DistinctValues distinct, ColumnValues other) {
        long rows = 0;
        boolean none = other instanceof NumberValues || other instanceof DateValues;
        for (int code = 0; none && code < distinct.size(); code++) {
            rows += PlaceHolders.contain(distinct.texts().text(code)) ? distinct.texts().count(code) : 0;
        }
        return rows;
    }

    /** Gives up the dictionary for a form that does not grow with the number of distinct values. */
    void shrink() {
        if (kept instanceof DistinctValues distinct) {
            if (override != null && override.needsDistinct()) {
                throw new TableException("column " + name + " has more than " + (distinct.size() - 1)
                        + " different values: too many for the type " + override);
            }
            replace(numbersOrDates(distinct).orElseGet(() -> TextValues.of(distinct, memory)));
        }
    }

    private void becomeTexts(long row, FieldText text) {
        if (override != null) {
            throw contradicted(override, row, text.toString());
        }
        TextValues texts = new TextValues(memory);
        if (kept instanceof NumberValues before) {
            for (int slot = 0; slot < before.slots(); slot++) {
                int to = slot;
                before.text(slot).ifPresent(value -> texts.put(to, value));
            }
        } else if (kept instanceof DateValues before) {
            for (int slot = 0; slot < before.slots(); slot++) {
                int to = slot;
                before.text(slot).ifPresent(value -> texts.put(to, value));
            }
        }
        replace(texts);
    }

    TableException contradicted(TypeName type, long row, String text) {
        String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return new TableException("column " + name + " cannot be of type " + type + ": row " + row + " has \"" + shown + "\"");
    }

    void clear(int slot) {
        kept.clear(slot);
    }

    void keep(int[] slots) {
        kept.keep(slots);
    }

    String name() {
        return name;
    }

    List<String> path() {
        return path;
    }

    /** What the user said about the type. */
    Optional<TypeName> override() {
        return Optional.ofNullable(override);
    }

    ColumnValues kept() {
        return kept;
    }

    /** How many rows had a value. */
    long values() {
        return values;
    }

    /** What shrinking it would free. */
    long dictionaryBytes() {
        return kept instanceof DistinctValues distinct ? distinct.sizeBytes() : 0;
    }

    /** Whether the input called some value a string. */
    boolean hasStrings() {
        return strings;
    }

    /** Whether the input called every value a boolean. */
    boolean isAllBooleans() {
        return booleans && !strings && !numbers;
    }
}
