package io.freshet.retail;

import java.util.List;

/** The stores, products, centres and customers that events refer to. */
public record MasterData(List<Store> stores, List<Product> products, List<Centre> centres, Customers customers) {

    public MasterData {
        stores = List.copyOf(stores);
        products = List.copyOf(products);
        centres = List.copyOf(centres);
    }
}
