package io.freshet.table;

/**
 * The retained values of a column: those of the sampled rows, by slot, and whatever else the form can record about all rows. A
 * column begins as {@link DistinctValues} and changes to a more compact form when there are too many distinct values.
 */
sealed interface ColumnValues permits DistinctValues, NumberValues, DateValues, TextValues {

    /**
     * Adds the value of a row.
     *
     * @param slot the slot of the row in the sample, or -1 if it is not kept
     * @return false, without effect, if this form cannot hold the text
     */
    boolean put(long row, int slot, FieldText text);

    /** Returns the cells that count as missing because they differ in kind from the others. */
    default OddCells odd() {
        return new OddCells();
    }

    /** Removes the value in a slot. */
    void clear(int slot);

    /** Keeps only these slots, given in ascending order; the first of them becomes slot 0. */
    void keep(int[] slots);
}
