package io.freshet.stage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The running aggregate of records that belong together. It holds what an {@link Aggregation} asks for, and two of them merge
 * without loss. Not thread-safe.
 */
final class Aggregate {

    private final Aggregation aggregation;
    private final FieldValues[] values;
    private long count;

    Aggregate(Aggregation aggregation) {
        this.aggregation = aggregation;
        this.values = aggregation.fields().stream().map(FieldValues::new).toArray(FieldValues[]::new);
    }

    /**
     * Adds a record.
     *
     * @return how many of its values are not numbers although a measure of their field needs numbers; such a measure ignores
     *         them
     */
    int add(Map<String, @Nullable Object> fields) {
        count++;
        int notNumbers = 0;
        List<Aggregation.Field> wanted = aggregation.fields();
        for (int i = 0; i < values.length; i++) {
            Object value = wanted.get(i).path().get(fields);
            if (value != null) {
                values[i].add(value);
                notNumbers += wanted.get(i).needsNumbers() && !(value instanceof Number) ? 1 : 0;
            }
        }
        return notNumbers;
    }

    void merge(Aggregate other) {
        count += other.count;
        for (int i = 0; i < values.length; i++) {
            values[i].merge(other.values[i]);
        }
    }

    long count() {
        return count;
    }

    FieldValues values(int field) {
        return values[field];
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        for (FieldValues each : values) {
            each.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        count = in.readLong();
        for (FieldValues each : values) {
            each.read(in);
        }
    }
}
