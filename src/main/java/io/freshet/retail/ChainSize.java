package io.freshet.retail;

/** The size of a generated chain. */
public record ChainSize(int stores, int customers, int products, int centres) {

    public static final ChainSize DEFAULT = new ChainSize(50, 10_000, 5_000, 3);
    public static final int MAX_STORES = 50_000;
    public static final int MAX_CUSTOMERS = 100_000_000;
    public static final int MAX_PRODUCTS = 200_000;

    public ChainSize {
        check("stores", stores, 1, MAX_STORES);
        check("customers", customers, 0, MAX_CUSTOMERS);
        check("products", products, 1, MAX_PRODUCTS);
        check("centres", centres, 1, 1000);
    }

    private static void check(String what, int number, int min, int max) {
        if (number < min || number > max) {
            throw new RetailException(what + " must be " + min + " to " + max + ", not " + number);
        }
    }
}
