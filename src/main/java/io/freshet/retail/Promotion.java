package io.freshet.retail;

import io.freshet.event.Ascii;

/**
 * A price reduction for some products of a department during one week.
 *
 * @param products the indexes of the products
 */
public record Promotion(Ascii id, int department, int percent, java.util.List<Integer> products) {

    public Promotion {
        products = java.util.List.copyOf(products);
    }
}
