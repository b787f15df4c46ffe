package io.freshet.table;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Collects one column while a table is read. It counts distinct texts. If there are thousands of them and all are numbers or
 * dates, it keeps numbers or dates instead; if memory runs short, it only keeps the texts of the sampled rows.
 */
final class ColumnBuilder {

    /** The JSON type of a value in the input; CSV has none. */
    enum Kind {
        UNTYPED,
        STRING,
        NUMBER,
        BOOLEAN,
        ARRAY
    }

    private static final int NUMBERS_FROM = 1 << 13;
    private static final int PROSE_BYTES = 64;
    private static final int MIN_COMPACT_DATES = 10;
    private static final int COMPACT_DATE_LENGTH = 8;
    static final int MAX_DISTINCT = 1 << 20;

    private final String name;
    private final long nameHash;
    private final List<String> path;
    private final @Nullable TypeName override;
    /** The format of a column of dates if it is known in advance. */
    private final @Nullable DateTimeFormat dateFormat;
    private final NumberOptions written;
    private final MemoryUse memory;
    private final NumberText number = new NumberText();
    private final MissingTexts missing = new MissingTexts();
    private ColumnValues kept;
    private long values;
    private long lastRow;
    private boolean tried;
    private long strings;
    private boolean numbers;
    private boolean booleans;
    private boolean arrays;
    private boolean singles;

    ColumnBuilder(String name, List<String> path, ReadOptions options, MemoryUse memory) {
        this.name = name;
        this.nameHash = RowSample.mix(name.hashCode());
        this.path = path;
        this.override = options.override(name).orElse(null);
        this.dateFormat = options.dateFormat(name).orElse(null);
        this.written = options.numbers();
        this.memory = memory;
        this.kept = override == TypeName.TEXT || override == TypeName.IDENTIFIER ? new TextValues(memory)
                : new DistinctValues(memory);
    }

    /**
     * Notes that a row has this column, with or without a value.
     *
     * @return false if the row had it already
     */
    boolean visit(long row) {
        boolean first = row != lastRow;
        lastRow = row;
        return first;
    }

    /**
     * Adds the value of a row.
     *
     * @param slot the slot of the row in the sample, or -1 if it is not kept
     */
    void put(long row, int slot, FieldText text, Kind kind) {
        if (kind == Kind.NUMBER && !number.parse(text) && !Double.isFinite(Double.parseDouble(text.toString()))) {
            return;
        }
        note(kind);
        boolean string = kept instanceof NumberValues && override == null && hasManyStrings();
        if (!string && kept.put(row, slot, text)) {
            values++;
            if (kept instanceof DistinctValues distinct) {
                narrow(distinct);
            }
        } else if (!string && PlaceHolders.contain(text)) {
            putMissing(text);
        } else if (string || !isOdd(row, text)) {
            becomeTexts(row, text);
            kept.put(row, slot, text);
            values++;
        }
    }

    /** Counts a text that stands for a missing value. */
    void putMissing(FieldText text) {
        missing.add(text);
    }

    /** Returns how the input wrote most missing values, if it was CSV. */
    String missingText() {
        return strings > 0 || numbers || booleans ? "" : missing.commonest();
    }

    /** Accepts a text that does not fit the type as one of a few odd cells, if it qualifies. */
    private boolean isOdd(long row, FieldText text) {
        OddCells odd = kept.odd();
        String cell = text.toString();
        boolean may = override == null && (kept instanceof NumberValues || kept instanceof DateValues)
                && OddCells.areFew(odd.cells() + 1, values + odd.cells() + 1) && OddCells.mayBe(cell);
        if (may) {
            odd.add(row, 1, cell);
        }
        return may;
    }

    /** Returns whether a JSON input declared more values to be strings than a column of numbers may have {@link OddCells}. */
    private boolean hasManyStrings() {
        return strings > 0 && !(numbers && OddCells.areFew(strings, values + 1));
    }

    private void note(Kind kind) {
        strings += kind == Kind.STRING || kind == Kind.ARRAY ? 1 : 0;
        arrays |= kind == Kind.ARRAY;
        singles |= kind != Kind.ARRAY;
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
        } else if (distinct.size() > MAX_DISTINCT) {
            shrink();
        }
    }

    /** Returns whether thousands of long texts have hardly ever been repeated, so that counting them is useless. */
    private boolean isProse(DistinctValues distinct) {
        return override == null && distinct.size() > values * 0.9
                && distinct.texts().meanLength() > PROSE_BYTES;
    }

    /** Returns the column as numbers or dates if all its values are and that type is allowed. */
    private Optional<ColumnValues> numbersOrDates(DistinctValues distinct) {
        return compactDates(distinct).<ColumnValues> map(n -> n).or(() -> numbers(distinct)).or(() -> dates(distinct))
                .or(() -> formattedNumbers(distinct));
    }

    /** Returns the column as dates of eight digits, such as 20200103, if it has many of them and all are valid dates. */
    Optional<DateValues> compactDates(DistinctValues distinct) {
        DistinctTexts texts = distinct.texts();
        if (override != null || numbers || texts.size() < MIN_COMPACT_DATES || texts.length(0) != COMPACT_DATE_LENGTH
                || DateTimeGuess.candidates(texts.text(0)).isEmpty()) {
            return Optional.empty();
        }
        return DateValues.of(distinct);
    }

    /** Returns the column as numbers if all its values are and nothing indicates another type. */
    Optional<NumberValues> numbers(DistinctValues distinct) {
        if (override != null ? !override.isNumber() : booleans) {
            return Optional.empty();
        }
        NumberValues.Rule rule = override == null ? NumberValues.Rule.ANY : override.rule();
        NumberFormat known = written.formats().get(name);
        if (known != null) {
            return NumberValues.of(distinct, rule, 0, known, true);
        }
        Optional<NumberValues> found = written.isCommaDeclared() ? formattedNumbers(distinct) : Optional.empty();
        if (found.isEmpty() && override != null) {
            return NumberValues.of(distinct, rule).or(() -> formattedNumbers(distinct));
        }
        return found.isPresent() || hasManyStrings() ? found : NumberValues.of(distinct, rule, values);
    }

    /** Returns the column as numbers with signs, units or separators if all its values are written that way. */
    Optional<NumberValues> formattedNumbers(DistinctValues distinct) {
        if (booleans || numbers || arrays || override != null && !override.isNumber()) {
            return Optional.empty();
        }
        NumberValues.Rule rule = override == null ? NumberValues.Rule.ANY : override.rule();
        long allowed = override == null ? values : 0;
        return NumberFormatGuess.of(distinct.texts(), allowed, written.decimal())
                .flatMap(format -> NumberValues.of(distinct, rule, allowed, format, false))
                .filter(found -> override != null || found.format() != null);
    }

    /** Returns the column as dates if all its values are and nothing indicates another type. */
    Optional<DateValues> dates(DistinctValues distinct) {
        boolean may = override == null ? !numbers && !booleans : override == TypeName.DATETIME;
        DateTimeFormat known = dateFormat;
        if (!may) {
            return Optional.empty();
        }
        if (known != null) {
            return DateValues.of(distinct, known);
        }
        return override == null ? DateValues.of(distinct, values)
                : DateValues.of(distinct).or(() -> DateValues.mixed(distinct, 0));
    }

    private void replace(ColumnValues other) {
        if (kept instanceof DistinctValues distinct) {
            values -= placeHolders(distinct, other);
            distinct.release();
        }
        kept = other;
    }

    /** Returns how many rows had a value that does not count as one in a column of numbers or dates. */
    long placeHolders(DistinctValues distinct, ColumnValues other) {
        long rows = 0;
        boolean none = other instanceof NumberValues || other instanceof DateValues;
        for (int code = 0; none && code < distinct.size(); code++) {
            String text = distinct.texts().text(code);
            if (PlaceHolders.contain(text)) {
                missing.add(text, distinct.texts().count(code));
                rows += distinct.texts().count(code);
            }
        }
        return rows + other.odd().cells();
    }

    /** Replaces the dictionary by a form that does not grow with the number of distinct values. */
    void shrink() {
        if (kept instanceof DistinctValues distinct) {
            if (override != null && override.needsDistinct()) {
                throw new TableException("column " + name + " has more than " + (distinct.size() - 1)
                        + " distinct values, too many for the type " + override);
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
        DateTimeFormat known = dateFormat;
        if (type == TypeName.DATETIME && known != null) {
            return new TableException(
                    "column " + name + ", row " + row + ": \"" + shown + "\" is not a date in the format " + known);
        }
        return new TableException("column " + name + " cannot be of type " + type + ": row " + row + " has \"" + shown + "\"");
    }

    void clear(int slot) {
        kept.clear(slot);
    }

    void keep(int[] slots) {
        kept.keep(slots);
    }

    long nameHash() {
        return nameHash;
    }

    String name() {
        return name;
    }

    List<String> path() {
        return path;
    }

    /** Returns whether a text is a date of this column, as far as that can be decided from a single text. */
    boolean isDate(String text) {
        DateTimeFormat known = dateFormat;
        return known == null ? !DateTimeGuess.candidates(text).isEmpty() : DateTimeGuess.micros(text, known).isPresent();
    }

    /** Returns the type that the user declared. */
    Optional<TypeName> override() {
        return Optional.ofNullable(override);
    }

    ColumnValues kept() {
        return kept;
    }

    /** Returns how many rows had a value. */
    long values() {
        return values;
    }

    /** Returns how many bytes shrinking would free. */
    long dictionaryBytes() {
        return kept instanceof DistinctValues distinct ? distinct.sizeBytes() : 0;
    }

    /** Returns whether all values are JSON arrays. */
    boolean isArray() {
        return arrays && !singles;
    }

    /** Returns whether the input declared any value to be a string. */
    boolean hasStrings() {
        return strings > 0;
    }

    /** Returns whether the input declared every value to be a number, or every value to be a boolean. */
    boolean isLiteral() {
        return numbers != booleans && strings == 0;
    }

    /** Returns whether the input declared every value to be a boolean. */
    boolean isAllBooleans() {
        return booleans && strings == 0 && !numbers;
    }
}
