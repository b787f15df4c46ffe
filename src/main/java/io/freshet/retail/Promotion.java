package io.freshet.retail;

import io.freshet.event.Ascii;

/**
 * A price reduction of some products of a department for a week.
 *
 * @param products indexes of the products
 */
public record Promotion(Ascii id, int department, int percent, java.util.List<Integer> products) {

    public Promotion {
        products = java.util.List.copyOf(products);
    }
}
