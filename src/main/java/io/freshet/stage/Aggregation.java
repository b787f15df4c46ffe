package io.freshet.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/**
 * What is computed of records that belong together: how many there are, and for some fields some measures. Immutable.
 */
public final class Aggregation {

    /**
     * A field and what is computed of its values: {@code count}, {@code sum}, {@code min}, {@code max}, {@code mean},
     * {@code variance} (of the population), {@code stddev}, {@code distinct}, or a quantile such as {@code p50} or
     * {@code p99.9}.
     */
    public record Field(String name, FieldPath path, List<Measure> measures) {
        public Field {
            measures = List.copyOf(measures);
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

    /** The measures as they stand in a result. */
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
