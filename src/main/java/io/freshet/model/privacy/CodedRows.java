package io.freshet.model.privacy;

import java.util.List;

/** The rows of a table as codes, and exact counts of them. Nothing here is private yet. */
final class CodedRows {

    private final List<short[]> codes;
    private final int[] sizes;

    /**
     * @param codes by column and row; negative if the model has none
     * @param sizes the number of codes by column
     */
    CodedRows(List<short[]> codes, int[] sizes) {
        this.codes = List.copyOf(codes);
        this.sizes = sizes.clone();
    }

    int size(int column) {
        return sizes[column];
    }

    /** Returns the rows of each code of a column. */
    long[] counts(int column) {
        long[] counts = new long[sizes[column]];
        for (short code : codes.get(column)) {
            if (code >= 0) {
                counts[code]++;
            }
        }
        return counts;
    }

    /** Returns the rows of each pair of codes, by the code of the first column and that of the second. */
    long[] counts(int first, int second) {
        long[] counts = new long[sizes[first] * sizes[second]];
        short[] a = codes.get(first);
        short[] b = codes.get(second);
        for (int row = 0; row < a.length; row++) {
            if (a[row] >= 0 && b[row] >= 0) {
                counts[a[row] * sizes[second] + b[row]]++;
            }
        }
        return counts;
    }
}
