package io.freshet.retail;

import java.util.ArrayList;
import java.util.List;

import io.freshet.event.Ascii;
import io.freshet.stats.AliasTable;

/** A chain of stores: parameters, master data, and what follows from them. Immutable; shared by simulations. */
public final class Chain {

    private final Parameters parameters;
    private final MasterData data;
    private final long seed;
    private final Calendar calendar;
    private final List<List<Product>> products = new ArrayList<>();
    private final List<Assortment> assortments = new ArrayList<>();
    private final List<Layout> layouts = new ArrayList<>();
    private final List<AliasTable> basketSizes = new ArrayList<>();
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
        }
        parameters.segments().forEach(segment -> basketSizes.add(BasketSizes.of(parameters.visits(), segment.basket())));
        basketSizes.add(BasketSizes.of(parameters.visits(), 1));
        segmentNames = parameters.segments().stream().map(segment -> Ascii.of(segment.name())).toList();
        quantities = AliasTable.of(parameters.visits().quantities().stream().mapToDouble(Double::doubleValue).toArray());
        tenders = AliasTable.of(Parameters.Weighted.weights(parameters.tenders().kinds()));
        channels = AliasTable.of(Parameters.Weighted.weights(parameters.advertising().channels()));
    }

    /** A chain whose master data come from the seed too. */
    public static Chain generate(Parameters parameters, ChainSize size, long seed) {
        return new Chain(parameters, GeneratedChain.of(parameters, size, seed), seed);
    }

    /**
     * A chain with master data of its own.
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

    /** The products of a department, best sellers first. */
    List<Product> productsOf(int department) {
        return products.get(department);
    }

    Assortment assortment(int size) {
        return assortments.get(size);
    }

    Layout layout(int size) {
        return layouts.get(size);
    }

    /** How many lines a receipt has, less one; the segment behind the last is people who are not known. */
    AliasTable basketSizes(int segment) {
        return basketSizes.get(segment);
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

    /** How many visits a store has on a day that is like most. */
    double ordinaryVisits(Store store) {
        return sizeOf(store).visits() * store.traffic() * regionOf(store).traffic();
    }
}
