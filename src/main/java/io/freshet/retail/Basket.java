package io.freshet.retail;

import io.freshet.event.Ascii;

/** The products that a visitor has taken and, at the checkout, what they cost. Reused for later visits. */
final class Basket {

    private static final Ascii NONE = Ascii.of("");

    int lines;
    final int[] slots = new int[BasketSizes.MAX_LINES + 1];
    final int[] pieces = new int[BasketSizes.MAX_LINES + 1];
    /** The numbers of the products that were wanted instead; 0 if the product itself was wanted. */
    final int[] substituteFor = new int[BasketSizes.MAX_LINES + 1];
    /** The indexes of the promotions; −1 without a promotion. */
    final int[] promotions = new int[BasketSizes.MAX_LINES + 1];
    final int[] amounts = new int[BasketSizes.MAX_LINES + 1];
    final int[] discounts = new int[BasketSizes.MAX_LINES + 1];
    final int[] taxes = new int[BasketSizes.MAX_LINES + 1];
    Ascii receipt = NONE;
    int items;
    int subtotal;
    int discount;
    int tax;
    int nextLine;
    int paid;
    int parts;
    int part;

    void clear() {
        lines = 0;
        nextLine = 0;
        paid = 0;
        parts = 0;
        part = 0;
    }

    void put(int slot, int quantity, int insteadOf) {
        slots[lines] = slot;
        pieces[lines] = quantity;
        substituteFor[lines++] = insteadOf;
    }

    boolean has(int slot) {
        for (int i = 0; i < lines; i++) {
            if (slots[i] == slot) {
                return true;
            }
        }
        return false;
    }

    int total() {
        return subtotal - discount + tax;
    }

    /** Computes the amounts, with each line rounded to a hundredth. */
    void price(Chain chain, Assortment assortment, OfferWeek offers) {
        items = 0;
        subtotal = 0;
        discount = 0;
        tax = 0;
        for (int i = 0; i < lines; i++) {
            Product product = chain.data().products().get(assortment.product(slots[i]));
            promotions[i] = offers.of(product.index());
            amounts[i] = pieces[i] * product.priceCents();
            discounts[i] = promotions[i] < 0 ? 0 : rounded((long) amounts[i] * offers.percent(promotions[i]), 100);
            taxes[i] = rounded((long) (amounts[i] - discounts[i])
                    * chain.parameters().departments().get(product.department()).taxBasisPoints(), 10_000);
            items += pieces[i];
            subtotal += amounts[i];
            discount += discounts[i];
            tax += taxes[i];
        }
    }

    private static int rounded(long product, int divisor) {
        return (int) ((product + divisor / 2) / divisor);
    }
}
