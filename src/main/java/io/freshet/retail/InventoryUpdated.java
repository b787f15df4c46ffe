package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * The stock of a product in a store has changed; on_hand is what it is after that.
 *
 * @param store the store
 * @param product the product
 * @param change how many more; fewer if it is negative
 * @param onHand how many there are now, those in baskets included
 * @param reason why
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

        /** The name in events. */
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
