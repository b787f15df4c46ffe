package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * The stock of a product in a store changes. {@code on_hand} is the stock after the change.
 *
 * @param store the store
 * @param product the product
 * @param change the change in pieces; negative if the stock shrinks
 * @param onHand the stock after the change, including pieces in baskets
 * @param reason why the stock changes
 * @param reference the receipt or the shipment; null for losses
 */
public record InventoryUpdated(Store store, int product, int change, int onHand, Reason reason,
        @Nullable Ascii reference) implements Payload {

    /** Why the stock changes. */
    public enum Reason {
        SALE,
        DELIVERY,
        SPOILAGE,
        SHRINKAGE;

        private final Ascii id = Ascii.of(name().toLowerCase(java.util.Locale.ROOT));

        /** Returns the name of the reason in events. */
        public Ascii id() {
            return id;
        }
    }

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii PRODUCT_ID = Ascii.of(",\"product_id\":");
    private static final Ascii CHANGE = Ascii.of(",\"change\":");
    private static final Ascii ON_HAND = Ascii.of(",\"on_hand\":");
    private static final Ascii REASON = Ascii.of(",\"reason\":\"");
    private static final Ascii REFERENCE = Ascii.of("\",\"reference\":");

    @Override
    public EventType type() {
        return EventType.INVENTORY_UPDATED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(PRODUCT_ID).number(product);
        json.put(CHANGE).number(change);
        json.put(ON_HAND).number(onHand);
        json.put(REASON).put(reason.id());
        json.put(REFERENCE).textOrNull(reference);
        json.put('}');
    }
}
