package io.freshet.stage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.DistinctSketch;
import io.freshet.stats.QuantileSketch;

/**
 * Aggregates the values of one field. Mean and variance use Welford's method and are merged as in Chan, Golub and LeVeque.
 * Values that are not numbers only contribute to the count and the number of distinct values. Not thread-safe.
 */
final class FieldValues {

    private long count;
    private long numbers;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;
    private final @Nullable QuantileSketch quantiles;
    private final @Nullable DistinctSketch distinct;

    FieldValues(Aggregation.Field field) {
        quantiles = field.needs(Measure.Kind.QUANTILE) ? QuantileSketch.create() : null;
        distinct = field.needs(Measure.Kind.DISTINCT) ? DistinctSketch.create() : null;
    }

    void add(Object value) {
        count++;
        if (value instanceof Number number) {
            add(number.doubleValue());
        }
        if (distinct != null) {
            distinct.add(value.toString());
        }
    }

    private void add(double number) {
        numbers++;
        sum += number;
        min = Math.min(min, number);
        max = Math.max(max, number);
        double before = number - mean;
        mean += before / numbers;
        squares += before * (number - mean);
        if (quantiles != null) {
            quantiles.add(number);
        }
    }

    void merge(FieldValues other) {
        count += other.count;
        if (other.numbers > 0) {
            long both = numbers + other.numbers;
            double apart = other.mean - mean;
            squares += other.squares + apart * apart * numbers * other.numbers / both;
            mean += apart * other.numbers / both;
            numbers = both;
            sum += other.sum;
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
        }
        if (quantiles != null && other.quantiles != null) {
            quantiles.merge(other.quantiles);
        }
        if (distinct != null && other.distinct != null) {
            distinct.merge(other.distinct);
        }
    }

    /** Returns a measure, or null for a measure of numbers when the field had none. */
    @Nullable
    Object measure(Measure measure) {
        Measure.Kind kind = measure.kind();
        if (kind == Measure.Kind.COUNT) {
            return count;
        }
        if (kind == Measure.Kind.DISTINCT && distinct != null) {
            return distinct.count();
        }
        return numbers == 0 ? null : number(measure);
    }

    private double number(Measure measure) {
        return switch (measure.kind()) {
            case SUM -> sum;
            case MIN -> min;
            case MAX -> max;
            case MEAN -> sum / numbers;
            case VARIANCE -> squares / numbers;
            case STDDEV -> Math.sqrt(squares / numbers);
            // the minimum and maximum are known exactly
            case QUANTILE -> quantiles == null ? Double.NaN
                    : Math.max(min, Math.min(max, quantiles.quantile(measure.probability())));
            default -> Double.NaN;
        };
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeLong(numbers);
        for (double each : new double[] { sum, min, max, mean, squares }) {
            out.writeDouble(each);
        }
        if (quantiles != null) {
            quantiles.write(out);
        }
        if (distinct != null) {
            distinct.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        count = in.readLong();
        numbers = in.readLong();
        sum = in.readDouble();
        min = in.readDouble();
        max = in.readDouble();
        mean = in.readDouble();
        squares = in.readDouble();
        if (quantiles != null) {
            quantiles.merge(QuantileSketch.read(in));
        }
        if (distinct != null) {
            distinct.merge(DistinctSketch.read(in));
        }
    }
}
