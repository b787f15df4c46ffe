package io.freshet.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a table is read.
 *
 * @param overrides the type of a column, by its name: integer, decimal, floating, boolean, categorical, datetime, identifier or
 *        text
 * @param missingMarkers texts of a CSV file that say a value is missing; JSON has null for that. In a column of numbers or
 *        dates, in either format, {@code NaN}, {@code Infinity}, {@code None}, {@code -} and their like are missing values
 *        too
 * @param sampleCells how many cells of a table are kept, each eight bytes, where a long text counts as several; of a larger
 *        table, a uniform sample of rows is
 */
public record ReadOptions(Map<String, String> overrides, Set<String> missingMarkers, int sampleCells) {

    private static final Set<String> MARKERS = Set.of("", "NA", "N/A", "n/a", "null", "NULL", "?", "NaN", "nan");
    private static final int SAMPLE_CELLS = 20_000_000;

    public ReadOptions {
        overrides = Map.copyOf(overrides);
        missingMarkers = Set.copyOf(missingMarkers);
        overrides.forEach((column, type) -> {
            if (TypeName.of(type).isEmpty()) {
                throw new TableException("column " + column + " cannot be of type " + type + "; there are "
                        + String.join(", ", TypeName.names()));
            }
        });
        if (sampleCells < 1) {
            throw new IllegalArgumentException("sampleCells must be positive, not " + sampleCells);
        }
    }

    public static ReadOptions defaults() {
        return new ReadOptions(Map.of(), MARKERS, SAMPLE_CELLS);
    }

    public ReadOptions withOverrides(Map<String, String> types) {
        return new ReadOptions(types, missingMarkers, sampleCells);
    }

    /** Each column as it is in a schema, but for those that are constant or missing there. */
    public ReadOptions withTypesOf(Schema schema) {
        Map<String, String> types = new HashMap<>();
        for (Column column : schema.columns()) {
            if (!(column.type() instanceof ColumnType.Constant || column.type() instanceof ColumnType.Missing)) {
                types.put(column.name(), column.type().typeName());
            }
        }
        return withOverrides(types);
    }

    public ReadOptions withMissingMarkers(Set<String> markers) {
        return new ReadOptions(overrides, markers, sampleCells);
    }

    public ReadOptions withSampleCells(int cells) {
        return new ReadOptions(overrides, missingMarkers, cells);
    }

    /** The type that a column was given. */
    Optional<TypeName> override(String column) {
        return Optional.ofNullable(overrides.get(column)).flatMap(TypeName::of);
    }
}
