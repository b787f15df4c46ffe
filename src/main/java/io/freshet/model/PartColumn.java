package io.freshet.model;

import java.util.List;

/**
 * What one part of a mixture says of a column.
 *
 * @param missing the share of its rows without a value
 * @param numbers the different values in the part's own order, of a column of numbers, dates or booleans; else empty
 * @param texts the same of a column of categories
 * @param masses of these values; they sum to one, or there are none
 * @param continuous whether the values stand for their neighbourhood
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record PartColumn(double missing, double[] numbers, List<String> texts, double[] masses, boolean continuous) {

    /** How many different values there are. */
    int size() {
        return masses.length;
    }
}
