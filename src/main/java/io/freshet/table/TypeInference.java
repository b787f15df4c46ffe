package io.freshet.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Decides the type of a column once all rows have been read. In this order: an override; only missing values; a single value;
 * numbers; two opposites; dates; keys and prose, whose values hardly repeat; and categories.
 */
final class TypeInference {

    /** False and true, in lower case. */
    private static final List<List<String>> BOOLEANS = List.of(List.of("false", "true"), List.of("no", "yes"),
            List.of("n", "y"), List.of("f", "t"), List.of("off", "on"), List.of("0", "1"));
    private static final int SPELLINGS = 8;
    private static final Pattern JSON_LITERAL = Pattern.compile("true|false|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern CODE_LIKE = Pattern.compile(".*[\\d@_/#:-].*", Pattern.DOTALL);
    private static final int MIN_KEYS = 20;
    private static final int MIN_COUNTED_ROWS = 100;
    private static final double NEARLY_UNIQUE = .9;
    private static final double MOSTLY_UNIQUE = .5;
    private static final double PROSE_WORDS = 3;

    private final ColumnBuilder column;
    private final long rows;
    private final int sampled;
    private final List<Notice> notices;

    /** @param notices receives what the owner of the table may not expect */
    TypeInference(ColumnBuilder column, long rows, int sampled, List<Notice> notices) {
        this.column = column;
        this.rows = rows;
        this.sampled = sampled;
        this.notices = notices;
    }

    FinishedColumn finish() {
        FinishedColumn finished = finishColumn();
        OddCells odd = finished.odd();
        if (odd.cells() > 0) {
            String kind = finished.type() instanceof ColumnType.DateTime ? "dates" : "numbers";
            notices.add(odd.notice(column.name(), kind, finished.values() + odd.cells()));
        }
        return finished;
    }

    private FinishedColumn finishColumn() {
        if (column.values() == 0) {
            return FinishedColumn.missing(sampled);
        }
        if (column.kept() instanceof DistinctValues distinct) {
            return column.override().isPresent() ? overridden(distinct, column.override().get()) : inferred(distinct);
        }
        if (column.kept() instanceof NumberValues numbers) {
            return numbers(numbers, 0);
        }
        return column.kept() instanceof DateValues dates ? FinishedColumn.of(dates, column.values(), sampled)
                : texts((TextValues) column.kept());
    }

    private FinishedColumn inferred(DistinctValues distinct) {
        if (distinct.size() == 1) {
            return constant(distinct);
        }
        Optional<DateValues> compact = column.compactDates(distinct);
        if (compact.isPresent()) {
            return dates(distinct, compact.get());
        }
        Optional<NumberValues> numbers = column.numbers(distinct);
        if (numbers.isPresent()) {
            return numbers(numbers.get(), column.placeHolders(distinct, numbers.get()));
        }
        Optional<ColumnType.Bool> bool = column.hasStrings() ? Optional.empty() : bool(distinct);
        if (bool.isPresent()) {
            addSpelling(bool.get());
            return FinishedColumn.bool(distinct, bool.get(), sampled);
        }
        Optional<DateValues> dates = column.dates(distinct);
        if (dates.isPresent()) {
            return dates(distinct, dates.get());
        }
        Optional<NumberValues> formatted = column.formattedNumbers(distinct);
        return formatted.isPresent() ? numbers(formatted.get(), column.placeHolders(distinct, formatted.get()))
                : words(distinct);
    }

    /** Points out that JSON has its own words for the two opposites. */
    private void addSpelling(ColumnType.Bool type) {
        if (!type.trueText().equalsIgnoreCase("true")) {
            notices.add(Notice.ofColumn(column.name(), "The values " + type.trueText() + " and " + type.falseText()
                    + " are read as true and false. JSON, Avro and Protobuf write them so, CSV as in the table; type."
                    + column.name() + "=categorical keeps the texts everywhere."));
        }
    }

    private FinishedColumn dates(DistinctValues distinct, DateValues dates) {
        if (!dates.otherFormats().isEmpty()) {
            notices.add(Notice.ofColumn(column.name(), "The column writes dates in several formats: " + dates.type().format()
                    + " and " + dates.otherFormats() + ". All rows of the model are written in the first one; format."
                    + column.name() + "=PATTERN selects another one."));
        }
        if (dates.otherOffsets() > 0) {
            notices.add(Notice.ofColumn(column.name(), dates.otherOffsets() + " of " + column.values()
                    + " values have an offset from UTC other than " + dates.type().format().offset().strip()
                    + ". They are read as the same instants and written with this offset, so that their local hours move."));
        }
        String pattern = dates.type().format().pattern();
        if (column.override().isEmpty() && pattern.endsWith("}")) {
            notices.add(Notice.ofColumn(column.name(), "The offsets from UTC follow the summer time of "
                    + pattern.substring(pattern.indexOf('{') + 1, pattern.length() - 1)
                    + " or a zone like it: rows are written with its local time and the offset it has then. format."
                    + column.name() + "=PATTERN names another."));
        }
        return FinishedColumn.of(dates, column.values() - column.placeHolders(distinct, dates), sampled);
    }

    private FinishedColumn overridden(DistinctValues distinct, TypeName type) {
        return switch (type) {
            case INTEGER, DECIMAL, FLOATING -> {
                NumberValues numbers = column.numbers(distinct).orElseThrow(() -> contradicted(distinct, type));
                yield numbers(numbers, column.placeHolders(distinct, numbers));
            }
            case DATETIME -> dates(distinct, column.dates(distinct).orElseThrow(() -> contradicted(distinct, type)));
            case BOOLEAN -> FinishedColumn.bool(distinct, bool(distinct).orElseThrow(() -> contradicted(distinct, type)),
                    sampled);
            case CATEGORICAL -> FinishedColumn.categories(distinct, column.isLiteral(), sampled);
            // numbers and dates begin as texts
            case IDENTIFIER, TEXT -> throw new IllegalStateException(type + " as distinct values");
        };
    }

    /** Creates an exception that names the first value that the type cannot hold. */
    private TableException contradicted(DistinctValues distinct, TypeName type) {
        DistinctTexts texts = distinct.texts();
        DistinctValues soFar = new DistinctValues(new MemoryUse());
        FieldText text = new FieldText();
        for (int code = 0; code < texts.size(); code++) {
            text.set(texts.text(code));
            soFar.put(texts.firstRow(code), -1, text);
            boolean right = type.isNumber() ? isNumber(text, type)
                    : type == TypeName.DATETIME
                            ? PlaceHolders.contain(text) || column.isDate(text.toString())
                            : bool(soFar).isPresent();
            if (!right) {
                return column.contradicted(type, texts.firstRow(code), texts.text(code));
            }
        }
        return new TableException("column " + column.name() + " cannot be of type " + type
                + ": its values do not all have the same format; the first is \"" + texts.text(0) + "\"");
    }

    private boolean isNumber(FieldText text, TypeName type) {
        return PlaceHolders.contain(text) || new NumberValues(type.rule()).put(1, -1, text);
    }

    private FinishedColumn constant(DistinctValues distinct) {
        String text = distinct.texts().text(0);
        boolean bare = !column.hasStrings() && JSON_LITERAL.matcher(text).matches();
        String literal = bare || column.isArray() ? text
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        return FinishedColumn.constant(distinct, new ColumnType.Constant(text, literal), sampled);
    }

    private FinishedColumn numbers(NumberValues numbers, long placeHolders) {
        long values = column.values() - placeHolders;
        ColumnType type = numbers.type();
        Optional<EpochUnit> epoch = column.override().isPresent() || numbers.format() != null ? Optional.empty()
                : numbers.integers(sampled).flatMap(integers -> EpochGuess.of(column.name(), integers));
        if (epoch.isPresent()) {
            return epoch(numbers, epoch.get(), values);
        }
        if (column.override().isEmpty() && numbers.format() == null && isKey(numbers, values)) {
            return FinishedColumn.keys(numbers, values, sampled);
        }
        boolean decimal = column.override().filter(TypeName.DECIMAL::equals).isPresent();
        return FinishedColumn.of(numbers, decimal && type instanceof ColumnType.Whole ? new ColumnType.Decimal(1) : type,
                values, sampled);
    }

    private FinishedColumn epoch(NumberValues numbers, EpochUnit unit, long values) {
        notices.add(Notice.ofColumn(column.name(), "The integers are times: " + unit + " since 1970-01-01T00:00Z. They are "
                + "modelled as times and written as the same kind of integers; type." + column.name()
                + "=integer makes them plain numbers, and format." + column.name() + "=epoch:seconds, epoch:millis, "
                + "epoch:micros or epoch:days declares the unit."));
        return FinishedColumn.of(numbers, unit, values, sampled);
    }

    private boolean isKey(NumberValues numbers, long values) {
        return values >= MIN_KEYS && (KeyNames.contain(column.name()) || numbers.areLongCodes(sampled))
                && numbers.areUniqueIntegers(sampled)
                || values >= MIN_COUNTED_ROWS && KeyNames.count(column.name()) && numbers.countRows(rows);
    }

    /** Returns the two opposites that the values are, even if their spelling varies; the most frequent spelling is kept. */
    private Optional<ColumnType.Bool> bool(DistinctValues distinct) {
        DistinctTexts texts = distinct.texts();
        boolean told = column.override().isPresent();
        for (List<String> pair : texts.size() > SPELLINGS ? List.<List<String>> of() : BOOLEANS) {
            int[] best = { -1, -1 };
            boolean all = true;
            for (int code = 0; code < texts.size(); code++) {
                int value = pair.indexOf(texts.text(code).toLowerCase(Locale.ROOT));
                all &= value >= 0;
                if (value >= 0 && (best[value] < 0 || texts.count(code) > texts.count(best[value]))) {
                    best[value] = code;
                }
            }
            if (all && (told || best[0] >= 0 && best[1] >= 0)) {
                return Optional.of(new ColumnType.Bool(best[0] < 0 ? pair.get(0) : texts.text(best[0]),
                        best[1] < 0 ? pair.get(1) : texts.text(best[1])));
            }
        }
        return Optional.empty();
    }

    private FinishedColumn words(DistinctValues distinct) {
        DistinctTexts texts = distinct.texts();
        double unique = (double) texts.size() / column.values();
        boolean rare = RareNames.prevail(texts, column.values());
        if (column.values() < MIN_KEYS || column.isAllBooleans() || unique <= MOSTLY_UNIQUE && !rare) {
            return FinishedColumn.categories(distinct, false, sampled);
        }
        TextValues values = TextValues.of(distinct, new MemoryUse());
        double words = values.meanWords();
        if (words >= PROSE_WORDS || unique > NEARLY_UNIQUE && words > 1.5 && !CODE_LIKE.matcher(least(texts)).matches()) {
            return FinishedColumn.of(values, new ColumnType.FreeText(), column.values(), sampled);
        }
        return unique > NEARLY_UNIQUE || rare
                ? FinishedColumn.of(values, new ColumnType.Identifier(false), column.values(), sampled)
                : FinishedColumn.categories(distinct, false, sampled);
    }

    /** Returns the smallest text, which does not depend on the order of the rows. */
    private static String least(DistinctTexts texts) {
        String min = texts.text(0);
        for (int code = 1; code < texts.size(); code++) {
            String text = texts.text(code);
            min = text.compareTo(min) < 0 ? text : min;
        }
        return min;
    }

    private FinishedColumn texts(TextValues values) {
        TypeName override = column.override().orElse(values.meanWords() >= PROSE_WORDS ? TypeName.TEXT : TypeName.IDENTIFIER);
        ColumnType type = override == TypeName.TEXT ? new ColumnType.FreeText()
                : new ColumnType.Identifier(!column.hasStrings() && values.areIntegers());
        return FinishedColumn.of(values, type, column.values(), sampled);
    }
}
