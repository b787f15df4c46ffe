package io.freshet.retail;

/** All customers. The customers of one home store have contiguous indexes. */
public interface Customers {

    int count();

    /** Returns the index of the first customer of a store. */
    int firstOf(int store);

    /** Returns how many customers have this home store. */
    int countOf(int store);

    /** Returns the customer at an index from 0. */
    Customer get(int index);
}
