package io.freshet.retail;

/** All customers; those of one home store have neighbouring indexes. */
public interface Customers {

    int count();

    /** The index of the first customer of a store. */
    int firstOf(int store);

    /** How many customers have this home store. */
    int countOf(int store);

    /** The customer at an index from 0. */
    Customer get(int index);
}
