package io.freshet.retail;

/**
 * Somebody the chain knows.
 *
 * @param index the place among all customers; those of a store stand together
 * @param number the id in events
 * @param home the index of the store where the customer usually goes
 * @param segment the place in the list of segments
 * @param app whether beacons can see the customer's phone
 */
public record Customer(int index, int number, int home, int segment, Loyalty loyalty, boolean app) {
}
