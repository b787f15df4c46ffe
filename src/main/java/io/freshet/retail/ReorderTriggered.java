package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A store orders a product at its distribution centre; the shipment delivers it.
 *
 * @param store the store
 * @param product the product
 * @param order the order
 * @param centre the distribution centre
 * @param shipment the shipment that delivers the order
 * @param onHand the stock at the time of the order
 * @param onOrder how many pieces were on order before
 * @param reorderPoint the stock at which more pieces are ordered
 * @param quantity how many pieces are ordered
 * @param reason why they are ordered: the stock reached the reorder point, or the weekly review was due
 */
public record ReorderTriggered(Store store, int product, Ascii order, int centre, Ascii shipment, int onHand, int onOrder,
        int reorderPoint, int quantity, Reason reason) implements Payload {

    /** Why a product is ordered. */
    public enum Reason {
        REORDER_POINT,
        WEEKLY_REVIEW;

        private final Ascii id = Ascii.of(name().toLowerCase(java.util.Locale.ROOT));

        /** Returns the name of the reason in events. */
        public Ascii id() {
            return id;
        }
    }

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii PRODUCT_ID = Ascii.of(",\"product_id\":");
    private static final Ascii ORDER_ID = Ascii.of(",\"order_id\":\"");
    private static final Ascii DC_ID = Ascii.of("\",\"dc_id\":");
    private static final Ascii SHIPMENT_ID = Ascii.of(",\"shipment_id\":\"");
    private static final Ascii ON_HAND = Ascii.of("\",\"on_hand\":");
    private static final Ascii ON_ORDER = Ascii.of(",\"on_order\":");
    private static final Ascii REORDER_POINT = Ascii.of(",\"reorder_point\":");
    private static final Ascii QUANTITY = Ascii.of(",\"quantity\":");
    private static final Ascii REASON = Ascii.of(",\"reason\":\"");
    private static final Ascii END = Ascii.of("\"}");

    @Override
    public EventType type() {
        return EventType.REORDER_TRIGGERED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(PRODUCT_ID).number(product);
        json.put(ORDER_ID).put(order);
        json.put(DC_ID).number(centre);
        json.put(SHIPMENT_ID).put(shipment);
        json.put(ON_HAND).number(onHand);
        json.put(ON_ORDER).number(onOrder);
        json.put(REORDER_POINT).number(reorderPoint);
        json.put(QUANTITY).number(quantity);
        json.put(REASON).put(reason.id());
        json.put(END);
    }
}
