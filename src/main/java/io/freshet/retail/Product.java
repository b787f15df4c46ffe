package io.freshet.retail;

/**
 * A product that the chain sells.
 *
 * @param index the index in the list of products
 * @param number the id in events
 * @param rank the sales rank in the department, where 0 is the best seller
 * @param priceCents the price without tax
 * @param shelfLifeDays the shelf life in days; 0 for goods that are not perishable
 */
public record Product(int index, int number, String name, int department, int rank, int priceCents, int costCents,
        int shelfLifeDays, int supplier) {
}
