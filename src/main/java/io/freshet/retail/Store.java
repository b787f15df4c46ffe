package io.freshet.retail;

import io.freshet.event.Ascii;

/**
 * A store.
 *
 * @param index its place in the list of stores
 * @param number its id in events
 * @param region its place in the list of regions
 * @param size its place in the list of sizes
 * @param traffic how many more visits it has than stores of its size usually have
 * @param centre the place in the list of centres of the one that supplies it
 * @param truck which of the centre's trucks comes, from 1
 * @param stop at which place of the truck's route it is, from 0
 * @param key the partition key of its events
 */
public record Store(int index, int number, String name, int region, int size, double traffic, int centre, int truck, int stop,
        Ascii key) {

    /** The partition key of a store. */
    static Ascii key(int number) {
        return Ascii.of("store_" + number);
    }
}
