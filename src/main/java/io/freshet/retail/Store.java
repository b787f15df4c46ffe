package io.freshet.retail;

import io.freshet.event.Ascii;

/**
 * A store.
 *
 * @param index the index in the list of stores
 * @param number the id in events
 * @param region the index in the list of regions
 * @param size the index in the list of sizes
 * @param traffic the factor on the number of visits that is usual for stores of this size
 * @param centre the index of the distribution centre that supplies the store
 * @param truck the number of the centre's truck that supplies the store, from 1
 * @param stop the position of the store on the truck's route, from 0
 * @param key the partition key of the store's events
 */
public record Store(int index, int number, String name, int region, int size, double traffic, int centre, int truck, int stop,
        Ascii key) {

    /** Returns the partition key of a store. */
    static Ascii key(int number) {
        return Ascii.of("store_" + number);
    }
}
