package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A visitor finds an empty shelf.
 *
 * @param store the store
 * @param product the product
 * @param visit the visit
 * @param zone the zone of the shelf
 * @param quantity how many pieces were wanted
 * @param onHand how many pieces are in unpaid baskets
 * @param onOrder how many pieces the next truck delivers
 * @param substitute the product that was taken instead; 0 if the sale is lost
 */
public record StockoutDetected(Store store, int product, Ascii visit, Ascii zone, int quantity, int onHand, int onOrder,
        int substitute) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii PRODUCT_ID = Ascii.of(",\"product_id\":");
    private static final Ascii VISIT_ID = Ascii.of(",\"visit_id\":\"");
    private static final Ascii ZONE = Ascii.of("\",\"zone\":\"");
    private static final Ascii QUANTITY = Ascii.of("\",\"quantity\":");
    private static final Ascii ON_HAND = Ascii.of(",\"on_hand\":");
    private static final Ascii ON_ORDER = Ascii.of(",\"on_order\":");
    private static final Ascii SUBSTITUTE_PRODUCT_ID = Ascii.of(",\"substitute_product_id\":");

    @Override
    public EventType type() {
        return EventType.STOCKOUT_DETECTED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(PRODUCT_ID).number(product);
        json.put(VISIT_ID).put(visit);
        json.put(ZONE).put(zone);
        json.put(QUANTITY).number(quantity);
        json.put(ON_HAND).number(onHand);
        json.put(ON_ORDER).number(onOrder);
        json.put(SUBSTITUTE_PRODUCT_ID).numberOrNull(substitute);
        json.put('}');
    }
}
