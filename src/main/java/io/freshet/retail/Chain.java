package io.freshet.retail;

import java.util.ArrayList;
import java.util.List;

import io.freshet.event.Ascii;
import io.freshet.stats.AliasTable;

/** A chain of stores: its parameters, its master data, and what is derived from them. Immutable; shared by simulations. */
public final class Chain {

    private final Parameters parameters;
    private final MasterData data;
    private final long seed;
    private final Calendar calendar;
    private final List<List<Product>> products = new ArrayList<>();
    private final List<Assortment> assortments = new ArrayList<>();
    private final List<Layout> layouts = new ArrayList<>();
    /** By store size, then by customer segment. */
    private final List<List<AliasTable>> basketSizes = new ArrayList<>();
    private final List<Ascii> segmentNames;
    private final AliasTable quantities;
    private final AliasTable tenders;
    private final AliasTable channels;

    private Chain(Parameters parameters, MasterData data, long seed) {
        this.parameters = parameters;
        this.data = data;
        this.seed = seed;
        this.calendar = new Calendar(parameters);
        for (int d = 0; d < parameters.departments().size(); d++) {
            int department = d;
            products.add(data.products().stream().filter(product -> product.department() == department).toList());
            if (products.get(d).isEmpty()) {
                throw new RetailException("the department " + parameters.departments().get(d).name() + " has no products");
            }
        }
        for (Parameters.StoreSize size : parameters.sizes()) {
            assortments.add(Assortment.of(parameters, products, size.assortment()));
            layouts.add(Layout.of(parameters.departments(), size.columns(), size.beacons()));
            basketSizes.add(basketSizes(parameters, size));
        }
        segmentNames = parameters.segments().stream().map(segment -> Ascii.of(segment.name())).toList();
        quantities = AliasTable.of(parameters.visits().quantities().stream().mapToDouble(Double::doubleValue).toArray());
        tenders = AliasTable.of(Parameters.Weighted.weights(parameters.tenders().kinds()));
        channels = AliasTable.of(Parameters.Weighted.weights(parameters.advertising().channels()));
    }

    private static List<AliasTable> basketSizes(Parameters parameters, Parameters.StoreSize size) {
        List<AliasTable> sizes = new ArrayList<>();
        parameters.segments()
                .forEach(segment -> sizes.add(BasketSizes.of(parameters.visits(), segment.basket() * size.basket())));
        sizes.add(BasketSizes.of(parameters.visits(), size.basket()));
        return sizes;
    }

    /** Creates a chain whose master data is generated from the seed. */
    public static Chain generate(Parameters parameters, ChainSize size, long seed) {
        return new Chain(parameters, GeneratedChain.of(parameters, size, seed), seed);
    }

    /**
     * Creates a chain with the given master data.
     *
     * @throws RetailException if a department has no products
     */
    public static Chain of(Parameters parameters, MasterData data, long seed) {
        return new Chain(parameters, data, seed);
    }

    public Parameters parameters() {
        return parameters;
    }

    public MasterData data() {
        return data;
    }

    public long seed() {
        return seed;
    }

    Calendar calendar() {
        return calendar;
    }

    int departments() {
        return products.size();
    }

    /** Returns the products of a department, best sellers first. */
    List<Product> productsOf(int department) {
        return products.get(department);
    }

    Assortment assortment(int size) {
        return assortments.get(size);
    }

    Layout layout(int size) {
        return layouts.get(size);
    }

    /**
     * Returns a table that draws the number of receipt lines in a store, minus one. The segment after the last one stands
     * for unknown visitors.
     */
    AliasTable basketSizes(Store store, int segment) {
        return basketSizes.get(store.size()).get(segment);
    }

    Ascii segmentName(int segment) {
        return segmentNames.get(segment);
    }

    AliasTable quantities() {
        return quantities;
    }

    AliasTable tenders() {
        return tenders;
    }

    AliasTable channels() {
        return channels;
    }

    Parameters.StoreSize sizeOf(Store store) {
        return parameters.sizes().get(store.size());
    }

    Parameters.Region regionOf(Store store) {
        return parameters.regions().get(store.region());
    }

    /** Returns the number of visits to a store on a typical day. */
    double ordinaryVisits(Store store) {
        return sizeOf(store).visits() * store.traffic() * regionOf(store).traffic();
    }
}
