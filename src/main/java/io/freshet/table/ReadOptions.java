package io.freshet.table;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a table is read.
 *
 * @param overrides the types of columns, by name: integer, decimal, floating, boolean, categorical, datetime, identifier or
 *        text
 * @param missingMarkers texts of a CSV file that denote a missing value; JSON has null for that. In a column of numbers or
 *        dates, in either format, {@code NaN}, {@code Infinity}, {@code None}, {@code -} and the like also denote missing
 *        values
 * @param dateFormats the formats of date columns that are known in advance, by name; a text must be in that format, or in one
 *        that cannot be confused with it
 * @param charset the charset of an input without a byte order mark
 * @param sampleCells how many cells of a table are kept, each eight bytes, where a long text counts as several; of a larger
 *        table, a uniform sample of rows is kept
 * @param csv the layout of a CSV file, as far as it is known
 * @param numbers how numbers are written, as far as it is known
 * @param columns the columns of a Parquet file that are read; empty for all
 * @param sheet the name of the sheet of an Excel workbook that is read; empty for the first one
 * @param verbatim whether every column is read as text, so that nothing about its values decides how it is read
 */
public record ReadOptions(Map<String, String> overrides, Set<String> missingMarkers,
        Map<String, DateTimeFormat> dateFormats, Charset charset, int sampleCells, CsvOptions csv,
        NumberOptions numbers, List<String> columns, String sheet, boolean verbatim) {

    private static final Set<String> MARKERS = Set.of("", "NA", "N/A", "n/a", "null", "NULL", "?", "NaN", "nan");
    private static final int SAMPLE_CELLS = 20_000_000;

    public ReadOptions {
        overrides = Map.copyOf(overrides);
        missingMarkers = Set.copyOf(missingMarkers);
        dateFormats = Map.copyOf(dateFormats);
        columns = List.copyOf(columns);
        overrides.forEach((column, type) -> {
            if (TypeName.of(type).isEmpty()) {
                throw new TableException("column " + column + " cannot be of type " + type + "; expected one of "
                        + String.join(", ", TypeName.names()));
            }
        });
        if (sampleCells < 1) {
            throw new IllegalArgumentException("sampleCells must be positive, not " + sampleCells);
        }
    }

    /** Returns whether an unquoted text of a CSV file denotes a missing value. */
    public static boolean isMissingMarker(String text) {
        return MARKERS.contains(text);
    }

    public static ReadOptions defaults() {
        return new ReadOptions(Map.of(), MARKERS, Map.of(), StandardCharsets.UTF_8, SAMPLE_CELLS, CsvOptions.detected(),
                NumberOptions.detected(), List.of(), "", false);
    }

    public ReadOptions withOverrides(Map<String, String> types) {
        return new ReadOptions(types, missingMarkers, dateFormats, charset, sampleCells, csv, numbers, columns, sheet,
                verbatim);
    }

    /**
     * Returns options that give each column its type in a schema, except for those that are constant or missing there, dates
     * the schema's formats, and missing values the schema's texts.
     */
    public ReadOptions withTypesOf(Schema schema) {
        Map<String, String> types = new HashMap<>();
        Map<String, DateTimeFormat> formats = new HashMap<>();
        Map<String, NumberFormat> numberFormats = new HashMap<>();
        Set<String> markers = new HashSet<>(missingMarkers);
        for (Column column : schema.columns()) {
            if (!(column.type() instanceof ColumnType.Constant || column.type() instanceof ColumnType.Missing)) {
                types.put(column.name(), column.type().typeName());
            }
            if (!(isNumberOrDate(column.type()) && PlaceHolders.contain(column.absent()))) {
                markers.add(column.absent());
            }
            NumberFormat written = column.format();
            if (written != null) {
                numberFormats.put(column.name(), written);
            }
            if (column.type() instanceof ColumnType.DateTime dates) {
                formats.put(column.name(), dates.format());
            }
        }
        return new ReadOptions(types, markers, formats, charset, sampleCells, csv,
                new NumberOptions(numbers.decimal(), numbers.declared(), numberFormats), columns, sheet, verbatim);
    }

    private static boolean isNumberOrDate(ColumnType type) {
        return type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal || type instanceof ColumnType.Floating
                || type instanceof ColumnType.DateTime;
    }

    /**
     * Returns options with the formats of date columns.
     *
     * @param patterns the pattern of each column, by name, in the letters of {@link DateTimeFormat#of}
     * @throws TableException if a pattern has unknown letters
     */
    public ReadOptions withDateFormats(Map<String, String> patterns) {
        Map<String, DateTimeFormat> formats = new HashMap<>(dateFormats);
        Map<String, String> types = new HashMap<>(overrides);
        patterns.forEach((column, pattern) -> {
            try {
                formats.put(column, DateTimeFormat.of(pattern, ChronoUnit.MICROS));
            } catch (IllegalArgumentException e) {
                throw new TableException("format." + column + ": " + e.getMessage());
            }
            types.put(column, TypeName.DATETIME.toString());
        });
        return new ReadOptions(types, missingMarkers, formats, charset, sampleCells, csv, numbers, columns, sheet, verbatim);
    }

    public ReadOptions withMissingMarkers(Set<String> markers) {
        return new ReadOptions(overrides, markers, dateFormats, charset, sampleCells, csv, numbers, columns, sheet, verbatim);
    }

    public ReadOptions withCharset(Charset other) {
        return new ReadOptions(overrides, missingMarkers, dateFormats, other, sampleCells, csv, numbers, columns, sheet,
                verbatim);
    }

    public ReadOptions withSampleCells(int cells) {
        return new ReadOptions(overrides, missingMarkers, dateFormats, charset, cells, csv, numbers, columns, sheet, verbatim);
    }

    public ReadOptions withCsv(CsvOptions layout) {
        return new ReadOptions(overrides, missingMarkers, dateFormats, charset, sampleCells, layout, numbers, columns, sheet,
                verbatim);
    }

    public ReadOptions withNumbers(NumberOptions written) {
        return new ReadOptions(overrides, missingMarkers, dateFormats, charset, sampleCells, csv, written, columns, sheet,
                verbatim);
    }

    /** Reads only these columns of a Parquet file; all if there are none. */
    public ReadOptions withColumns(List<String> names) {
        return new ReadOptions(overrides, missingMarkers, dateFormats, charset, sampleCells, csv, numbers, names, sheet,
                verbatim);
    }

    /** Reads this sheet of an Excel workbook; the first one if the name is empty. */
    public ReadOptions withSheet(String name) {
        return new ReadOptions(overrides, missingMarkers, dateFormats, charset, sampleCells, csv, numbers, columns, name,
                verbatim);
    }

    /** Returns options that read every column as text and declare nothing about it. */
    public ReadOptions asTexts() {
        return new ReadOptions(Map.of(), missingMarkers, Map.of(), charset, sampleCells, csv, numbers, columns, sheet, true);
    }

    /** Returns the format of a date column if it is known. */
    Optional<DateTimeFormat> dateFormat(String column) {
        return Optional.ofNullable(dateFormats.get(column));
    }

    /** Returns the declared type of a column. */
    Optional<TypeName> override(String column) {
        return verbatim ? Optional.of(TypeName.TEXT) : Optional.ofNullable(overrides.get(column)).flatMap(TypeName::of);
    }
}
