package io.freshet.retail;

/**
 * A distribution centre.
 *
 * @param number the id in events
 * @param trucks the number of trucks, which is enough to supply all stores of the centre in one night
 */
public record Centre(int index, int number, String name, int trucks) {
}
