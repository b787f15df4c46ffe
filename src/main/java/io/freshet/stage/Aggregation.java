package io.freshet.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/** Defines what is computed from records that belong together: their count, and measures of some of their fields. Immutable. */
public final class Aggregation {

    /**
     * A field and the measures of its values: {@code count}, {@code sum}, {@code min}, {@code max}, {@code mean}, {@code
     * variance} (of the population), {@code stddev}, {@code distinct}, or a quantile such as {@code p50} or {@code p99.9}.
     */
    public record Field(String name, FieldPath path, List<Measure> measures) {
        public Field {
            measures = List.copyOf(measures);
        }

        boolean needsNumbers() {
            return measures.stream()
                    .anyMatch(measure -> measure.kind() != Measure.Kind.COUNT && measure.kind() != Measure.Kind.DISTINCT);
        }

        boolean needs(Measure.Kind kind) {
            return measures.stream().anyMatch(measure -> measure.kind() == kind);
        }
    }

    private final List<Field> fields;

    public Aggregation(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    List<Field> fields() {
        return fields;
    }

    Aggregate create() {
        return new Aggregate(this);
    }

    /** Returns the measures by field, as a window's result contains them. */
    Map<String, @Nullable Object> results(Aggregate aggregate) {
        Map<String, @Nullable Object> results = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            Map<String, @Nullable Object> measures = new LinkedHashMap<>();
            for (Measure measure : fields.get(i).measures()) {
                measures.put(measure.name(), aggregate.values(i).measure(measure));
            }
            results.put(fields.get(i).name(), measures);
        }
        return results;
    }
}
