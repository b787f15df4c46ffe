package io.freshet.retail;

import java.util.List;

/**
 * The products that stores of one size carry: the best sellers of each department. Each product has a slot. The slots of a
 * department are contiguous, with the best sellers first. Immutable.
 */
final class Assortment {

    private final int[] products;
    private final int[] starts;
    private final double[] shares;

    private Assortment(int[] products, int[] starts, double[] shares) {
        this.products = products;
        this.starts = starts;
        this.shares = shares;
    }

    /**
     * @param products the products of each department, best sellers first
     * @param part the fraction of the products that is carried
     */
    static Assortment of(Parameters parameters, List<List<Product>> products, double part) {
        int departments = products.size();
        int[] starts = new int[departments + 1];
        for (int d = 0; d < departments; d++) {
            int all = products.get(d).size();
            starts[d + 1] = starts[d] + Math.min(all, Math.max(1, (int) Math.ceil(all * part)));
        }
        int[] carried = new int[starts[departments]];
        double[] shares = new double[carried.length];
        double weights = parameters.departments().stream().mapToDouble(Parameters.Department::weight).sum();
        for (int d = 0; d < departments; d++) {
            double[] popularity = popularity(products.get(d).size(), parameters.products().topFifth());
            double sum = 0;
            for (int slot = starts[d]; slot < starts[d + 1]; slot++) {
                sum += popularity[slot - starts[d]];
            }
            for (int slot = starts[d]; slot < starts[d + 1]; slot++) {
                carried[slot] = products.get(d).get(slot - starts[d]).index();
                shares[slot] = parameters.departments().get(d).weight() / weights * popularity[slot - starts[d]] / sum;
            }
        }
        return new Assortment(carried, starts, shares);
    }

    /**
     * Returns the shares of products by rank. Of n products, the first r have the share (r / n)<sup>b</sup>, where b is
     * chosen so that the first fifth has the share {@code topFifth} (a generalised Pareto principle).
     */
    static double[] popularity(int products, double topFifth) {
        double exponent = StrictMath.log(topFifth) / StrictMath.log(0.2);
        double[] shares = new double[products];
        double before = 0;
        for (int rank = 0; rank < products; rank++) {
            double upTo = StrictMath.pow((rank + 1.0) / products, exponent);
            shares[rank] = upTo - before;
            before = upTo;
        }
        return shares;
    }

    int size() {
        return products.length;
    }

    int departments() {
        return starts.length - 1;
    }

    /** Returns the first slot of a department. For the number of departments, it returns the number of slots. */
    int start(int department) {
        return starts[department];
    }

    /** Returns the index of the product in a slot. */
    int product(int slot) {
        return products[slot];
    }

    /** Returns the slot of a product; −1 if the store does not carry it. */
    int slotOf(Product product) {
        int slot = starts[product.department()] + product.rank();
        return slot < starts[product.department() + 1] ? slot : -1;
    }

    /** Returns the expected share of a slot in the lines of receipts, without the effects of promotions and weather. */
    double share(int slot) {
        return shares[slot];
    }
}
