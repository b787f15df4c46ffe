package io.freshet.table;

import java.util.Map;
import java.util.Set;

/**
 * How a table is read.
 *
 * @param overrides the type of a column, by its name: one of {@link TypeInference#TYPE_NAMES}
 * @param missingMarkers texts of a CSV file that say a value is missing
 * @param sampleCells how many cells of a table are kept; of a larger one, a uniform sample of rows
 */
public record ReadOptions(Map<String, String> overrides, Set<String> missingMarkers, int sampleCells) {

    private static final Set<String> MARKERS = Set.of("", "NA", "N/A", "n/a", "null", "NULL", "?", "NaN", "nan");
    private static final int SAMPLE_CELLS = 20_000_000;

    public ReadOptions {
        overrides = Map.copyOf(overrides);
        missingMarkers = Set.copyOf(missingMarkers);
        overrides.forEach((column, type) -> {
            if (!TypeInference.TYPE_NAMES.contains(type)) {
                throw new TableException("column " + column + " cannot be of type " + type + "; there are "
                        + String.join(", ", TypeInference.TYPE_NAMES));
            }
        });
    }

    public static ReadOptions defaults() {
        return new ReadOptions(Map.of(), MARKERS, SAMPLE_CELLS);
    }

    public ReadOptions withOverrides(Map<String, String> types) {
        return new ReadOptions(types, missingMarkers, sampleCells);
    }

    public ReadOptions withMissingMarkers(Set<String> markers) {
        return new ReadOptions(overrides, markers, sampleCells);
    }
}
