package io.freshet.retail;

import java.util.ArrayList;
import java.util.List;

import io.freshet.retail.Parameters.Department;
import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;
import io.freshet.stats.Normal;

/** Generates master data of any size from a seed. */
final class GeneratedChain {

    private static final String[] TOWNS = { "Ashford", "Brookfield", "Castleton", "Dunmore", "Easton", "Fairview", "Glenwood",
            "Hillcrest", "Ironbridge", "Jamestown", "Kingsford", "Lakeside", "Millbrook", "Northgate", "Oakridge", "Parkside",
            "Quarrytown", "Riverside", "Springdale", "Thornhill", "Upton", "Valley", "Westbrook", "Yarrow" };

    private final Parameters parameters;
    private final ChainSize size;
    private final long seed;

    private GeneratedChain(Parameters parameters, ChainSize size, long seed) {
        this.parameters = parameters;
        this.size = size;
        this.seed = seed;
    }

    static MasterData of(Parameters parameters, ChainSize size, long seed) {
        GeneratedChain chain = new GeneratedChain(parameters, size, seed);
        List<Store> stores = chain.stores();
        double[] visits = stores.stream()
                .mapToDouble(store -> parameters.sizes().get(store.size()).visits() * store.traffic()).toArray();
        return new MasterData(stores, chain.products(), chain.centres(),
                GeneratedCustomers.of(seed, parameters.segments(), size.customers(), visits));
    }

    private List<Store> stores() {
        AliasTable regions = AliasTable.of(parameters.regions().stream().mapToDouble(Parameters.Region::share).toArray());
        List<Store> stores = new ArrayList<>();
        for (int i = 0; i < size.stores(); i++) {
            Draws draws = Draws.of(i, 0, Purpose.STORE, seed);
            int kind = kind(i);
            double traffic = StrictMath.exp(parameters.sizes().get(kind).spread() * Normal.ofWord(draws.word()));
            int region = regions.draw(draws.word());
            int centre = (int) ((long) i * size.centres() / size.stores());
            int rank = i - firstOf(centre);
            int stops = parameters.logistics().stops();
            String name = TOWNS[i % TOWNS.length] + (i < TOWNS.length ? "" : " " + (i / TOWNS.length + 1));
            stores.add(new Store(i, i + 1, name, region, kind, traffic, centre, rank / stops + 1, rank % stops,
                    Store.key(i + 1)));
        }
        return stores;
    }

    /**
     * Returns the size of a store. Sizes alternate in proportion to their shares, so that ten stores already include each
     * size.
     */
    private int kind(int store) {
        double sum = parameters.sizes().stream().mapToDouble(Parameters.StoreSize::share).sum();
        // multiples of the golden ratio spread any number of stores evenly over the shares
        double place = (store + 0.5) * 0.6180339887498949;
        place = (place - StrictMath.floor(place)) * sum;
        int kind = 0;
        while (kind < parameters.sizes().size() - 1 && place >= parameters.sizes().get(kind).share()) {
            place -= parameters.sizes().get(kind).share();
            kind++;
        }
        return kind;
    }

    private int firstOf(int centre) {
        return (int) (((long) centre * size.stores() + size.centres() - 1) / size.centres());
    }

    private List<Centre> centres() {
        List<Centre> centres = new ArrayList<>();
        int stops = parameters.logistics().stops();
        for (int i = 0; i < size.centres(); i++) {
            int stores = firstOf(i + 1) - firstOf(i);
            centres.add(new Centre(i, i + 1, "Centre " + (char) ('A' + i % 26) + (i < 26 ? "" : String.valueOf(i / 26)),
                    (stores + stops - 1) / stops));
        }
        return centres;
    }

    private List<Product> products() {
        double sum = parameters.departments().stream().mapToDouble(Department::products).sum();
        List<Product> products = new ArrayList<>();
        double share = 0;
        for (int d = 0; d < parameters.departments().size(); d++) {
            Department department = parameters.departments().get(d);
            share += department.products() / sum;
            int end = Math.max(products.size() + 1, (int) Math.round(share * size.products()));
            for (int rank = 0; products.size() < end; rank++) {
                products.add(product(products.size(), d, rank));
            }
        }
        return products;
    }

    private Product product(int index, int d, int rank) {
        Department department = parameters.departments().get(d);
        Draws draws = Draws.of(index, 0, Purpose.PRODUCT, seed);
        double price = 100 * department.price() * StrictMath.exp(department.spread() * Normal.ofWord(draws.word()));
        int cents = Math.max(19, (int) Math.round(price / 10) * 10 - 1);
        List<String> brands = parameters.products().brands();
        List<String> packs = parameters.products().packs();
        String name = brands.get(draws.below(brands.size())) + " "
                + department.goods().get(rank % department.goods().size()) + ", " + packs.get(draws.below(packs.size()));
        return new Product(index, index + 1, name, d, rank, cents, (int) Math.round(cents * (1 - department.margin())),
                department.shelfLifeDays(), 1 + draws.below(department.suppliers()) + 1000 * (d + 1));
    }
}
