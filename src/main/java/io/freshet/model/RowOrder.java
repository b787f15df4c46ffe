package io.freshet.model;

import java.util.Arrays;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextVector;

/**
 * An order of rows that depends only on their contents, by a hash. Fitting to the first rows, or to every other row, in this
 * order uses the same rows however the table was sorted.
 */
public final class RowOrder {

    private static final long MISSING = 0x5851F42D4C957F2DL;

    private RowOrder() {
    }

    /** Returns the row at each place of the order. */
    public static int[] of(RowBatch rows) {
        long[] hashes = new long[rows.size()];
        for (int c = 0; c < rows.schema().size(); c++) {
            long name = rows.schema().column(c).name().hashCode();
            ColumnVector vector = rows.vector(c);
            for (int row = 0; row < hashes.length; row++) {
                hashes[row] += mix(mix(name) + (vector.isMissing(row) ? MISSING : value(vector, row)));
            }
        }
        return order(hashes);
    }

    private static int[] order(long[] hashes) {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int[] taken = new int[hashes.length];
        int[] order = new int[hashes.length];
        for (int row = 0; row < hashes.length; row++) {
            int first = first(sorted, hashes[row]);
            // rows with the same hash are equal
            order[first + taken[first]++] = row;
        }
        return order;
    }

    private static int first(long[] sorted, long hash) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long value(ColumnVector vector, int row) {
        if (vector instanceof CodedVector coded) {
            int code = coded.codes()[row];
            return coded.dictionary() instanceof NumberDictionary numbers ? numbers.value(code) : code;
        }
        if (vector instanceof NumberVector numbers) {
            return numbers.values()[row];
        }
        return vector instanceof FloatingVector doubles ? Double.doubleToRawLongBits(doubles.values()[row] + 0.0)
                : hash((TextVector) vector, row);
    }

    private static long hash(TextVector texts, int row) {
        long hash = texts.end(row) - texts.start(row);
        for (int i = texts.start(row); i < texts.end(row); i++) {
            hash = hash * 0x9E3779B97F4A7C15L + texts.bytes()[i];
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, 2014, doi:10.1145/2714064.2660195). */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
