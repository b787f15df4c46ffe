package io.freshet.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a version of a model came about.
 *
 * @param version from 1; increases each time the model is fitted again or learns
 * @param fittedAt when the version was created
 * @param cause null if the file of the model does not say
 * @param rows how many rows this version learned; null if it learned none, or if their number is unknown or private
 * @param method the identifier of the method
 * @param drift from the previous version; null if the model did not learn from it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionEntry(long version, Instant fittedAt, @Nullable Cause cause, @Nullable Long rows, String method,
        @Nullable DriftSummary drift) {

    /** What created a version. */
    public enum Cause {
        FIT,
        PARTIAL_FIT,
        TWIN,
        IMPORT,
        DECLARATION;

        /** Returns the name in files and in the API. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The drift of all columns in two figures.
     *
     * @param mean the mean over the columns of {@link ColumnDrift#largest()}, 0 to 1
     * @param furthest the column that moved most
     */
    public record DriftSummary(double mean, ColumnDrift furthest) {

        /** Returns the summary; null if there are no columns. */
        public static @Nullable DriftSummary of(List<ColumnDrift> columns) {
            return columns.stream().max(Comparator.comparingDouble(ColumnDrift::largest)).map(furthest -> new DriftSummary(
                    columns.stream().mapToDouble(ColumnDrift::largest).average().orElse(0), furthest)).orElse(null);
        }
    }
}
