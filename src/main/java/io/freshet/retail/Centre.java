package io.freshet.retail;

/**
 * A distribution centre.
 *
 * @param number its id in events
 * @param trucks how many it has: enough for all its stores in one night
 */
public record Centre(int index, int number, String name, int trucks) {
}
