package io.freshet.table;

/**
 * What is kept of a column: of the sampled rows their values, by slot, and what else the form allows to know about all rows. A
 * column begins as {@link DistinctValues} and turns into a more compact form when there are too many of them.
 */
sealed interface ColumnValues permits DistinctValues, NumberValues, DateValues, TextValues {

    /**
     * Takes the value of a row.
     *
     * @param slot where the row is in the sample, or -1 if it is not kept
     * @return false, and nothing is taken, if this form cannot hold the text
     */
    boolean put(long row, int slot, FieldText text);

    /** Forgets the value in this slot. */
    void clear(int slot);

    /** Keeps only these slots, given in ascending order; the first of them becomes slot 0. */
    void keep(int[] slots);
}
