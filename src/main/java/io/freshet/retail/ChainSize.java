package io.freshet.retail;

/** How large a generated chain is. */
public record ChainSize(int stores, int customers, int products, int centres) {

    public static final ChainSize DEFAULT = new ChainSize(50, 10_000, 5_000, 3);
    public static final int MOST_STORES = 50_000;
    public static final int MOST_CUSTOMERS = 100_000_000;
    public static final int MOST_PRODUCTS = 200_000;

    public ChainSize {
        check("stores", stores, 1, MOST_STORES);
        check("customers", customers, 0, MOST_CUSTOMERS);
        check("products", products, 1, MOST_PRODUCTS);
        check("centres", centres, 1, 1000);
    }

    private static void check(String what, int number, int least, int most) {
        if (number < least || number > most) {
            throw new RetailException(what + " must be " + least + " to " + most + ", not " + number);
        }
    }
}
