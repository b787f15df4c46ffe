package io.freshet.retail;

/**
 * A customer that the chain knows.
 *
 * @param index the index among all customers; the customers of a store are contiguous
 * @param number the id in events
 * @param home the index of the customer's home store
 * @param segment the index in the list of segments
 * @param app whether beacons can detect the customer's phone
 */
public record Customer(int index, int number, int home, int segment, Loyalty loyalty, boolean app) {
}
