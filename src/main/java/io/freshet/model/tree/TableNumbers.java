package io.freshet.model.tree;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;

/** Reads the numbers of any kind of vector, in the representation of that vector. */
public final class TableNumbers {

    private TableNumbers() {
    }

    /** Returns the number of a row, which must not be missing. */
    public static double number(ColumnVector vector, int row) {
        if (vector instanceof CodedVector coded) {
            return ((NumberDictionary) coded.dictionary()).value(coded.codes()[row]);
        }
        return vector instanceof NumberVector numbers ? numbers.values()[row]
                : ((FloatingVector) vector).values()[row] + 0.0; // turn -0.0 into 0.0
    }

    /** Returns all numbers that are not missing, ascending. */
    public static double[] sorted(ColumnVector vector, int rows) {
        double[] numbers = new double[rows];
        int size = 0;
        for (int row = 0; row < rows; row++) {
            if (!vector.isMissing(row)) {
                numbers[size++] = number(vector, row);
            }
        }
        double[] sorted = java.util.Arrays.copyOf(numbers, size);
        java.util.Arrays.sort(sorted);
        return sorted;
    }
}
