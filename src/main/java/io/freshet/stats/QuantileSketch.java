package io.freshet.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts numbers in buckets whose bounds are 1/64 of a power of two apart, so that a quantile is within 0.8 % of a value
 * with that rank. DDSketch works the same way (<a
 * href="https://doi.org/10.14778/3352063.3352135">doi:10.14778/3352063.3352135</a>); this sketch uses the leading bits of
 * the number in place of its logarithm. Two sketches merge without loss. If the numbers need more than {@value #MOST}
 * buckets, the lowest buckets are collapsed into one, and low quantiles become too high. Not thread-safe.
 */
public final class QuantileSketch {

    static final int MOST = 4096;
    private static final int SHIFT = 52 - 6;

    private int[] buckets = new int[2];
    private long[] counts = new long[2];
    private int size;
    private long total;

    private QuantileSketch() {
    }

    public static QuantileSketch create() {
        return new QuantileSketch();
    }

    /** Adds a number; NaN is ignored. */
    public void add(double number) {
        if (!Double.isNaN(number)) {
            add(bucket(number), 1);
        }
    }

    private void add(int bucket, long count) {
        int at = Arrays.binarySearch(buckets, 0, size, bucket);
        if (at < 0) {
            at = insert(-at - 1, bucket);
        }
        counts[at] += count;
        total += count;
        throwTogether();
    }

    private int insert(int at, int bucket) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        buckets[at] = bucket;
        counts[at] = 0;
        size++;
        return at;
    }

    /** Returns the bucket of a number. Buckets are ordered as the numbers are. */
    private static int bucket(double number) {
        int magnitude = (int) (Double.doubleToRawLongBits(Math.abs(number)) >>> SHIFT);
        return number < 0 ? -magnitude - 1 : magnitude;
    }

    private static double middle(int bucket) {
        if (bucket == 0 || bucket == -1) {
            return 0;
        }
        long magnitude = bucket < 0 ? -bucket - 1L : bucket;
        double middle = Double.longBitsToDouble(magnitude << SHIFT | 1L << SHIFT - 1);
        return bucket < 0 ? -middle : middle;
    }

    public void merge(QuantileSketch other) {
        if (addKnown(other)) {
            return;
        }
        int[] mergedBuckets = new int[size + other.size];
        long[] mergedCounts = new long[size + other.size];
        int merged = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            int bucket = j == other.size || i < size && buckets[i] <= other.buckets[j] ? buckets[i] : other.buckets[j];
            long count = i < size && buckets[i] == bucket ? counts[i++] : 0;
            count += j < other.size && other.buckets[j] == bucket ? other.counts[j++] : 0;
            mergedBuckets[merged] = bucket;
            mergedCounts[merged++] = count;
        }
        buckets = mergedBuckets;
        counts = mergedCounts;
        size = merged;
        total += other.total;
        throwTogether();
    }

    /**
     * Adds the counts of another sketch if this one has all of its buckets, which is usual once it has seen many numbers.
     *
     * @return false, without any change, if a bucket is missing
     */
    private boolean addKnown(QuantileSketch other) {
        for (int i = 0, j = 0; j < other.size; j++, i++) {
            while (i < size && buckets[i] < other.buckets[j]) {
                i++;
            }
            if (i == size || buckets[i] != other.buckets[j]) {
                return false;
            }
        }
        for (int i = 0, j = 0; j < other.size; i++) {
            if (buckets[i] == other.buckets[j]) {
                counts[i] += other.counts[j++];
            }
        }
        total += other.total;
        return true;
    }

    /** Collapses the lowest buckets into one, so that the sketch stays within its maximum size. */
    private void throwTogether() {
        int excess = size - MOST;
        if (excess > 0) {
            for (int i = 0; i < excess; i++) {
                counts[excess] += counts[i];
            }
            size = MOST;
            System.arraycopy(buckets, excess, buckets, 0, size);
            System.arraycopy(counts, excess, counts, 0, size);
        }
    }

    /** Returns how many numbers were added. */
    public long count() {
        return total;
    }

    /**
     * Returns the number of rank ⌈probability · n⌉, where the first rank is 1; NaN if the sketch is empty.
     *
     * @param probability 0 to 1
     */
    public double quantile(double probability) {
        long rank = Math.max(1, (long) Math.ceil(probability * total));
        for (int i = 0; i < size; i++) {
            rank -= counts[i];
            if (rank <= 0) {
                return middle(buckets[i]);
            }
        }
        return Double.NaN;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeInt(buckets[i]);
            out.writeLong(counts[i]);
        }
    }

    public static QuantileSketch read(DataInput in) throws IOException {
        QuantileSketch sketch = new QuantileSketch();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            sketch.add(in.readInt(), in.readLong());
        }
        return sketch;
    }
}
