package io.freshet.retail;

/**
 * Something the chain sells.
 *
 * @param index its place in the list of products
 * @param number its id in events
 * @param rank how well it sells in its department: 0 is best
 * @param priceCents without tax
 * @param shelfLifeDays 0 for goods that keep
 */
public record Product(int index, int number, String name, int department, int rank, int priceCents, int costCents,
        int shelfLifeDays, int supplier) {
}
