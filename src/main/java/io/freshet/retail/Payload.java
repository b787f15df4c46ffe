package io.freshet.retail;

import io.freshet.event.JsonBytes;

/**
 * The payload of an event, without its time and envelope. The JSON Schema of each type is the resource {@code
 * retail/schemas/TYPE.json}.
 */
public sealed interface Payload permits ReceiptCreated, ReceiptLineAdded, PaymentProcessed, InventoryUpdated, StockoutDetected,
        ReorderTriggered, CustomerEntered, CustomerZoneChanged, BlePingDetected, TruckArrived, TruckDeparted, StoreOpened,
        StoreClosed, AdImpression, PromotionApplied {

    EventType type();

    /** Returns the store of the event; for events of a customer outside a store, the customer's home store. */
    Store store();

    /** Writes the payload as a JSON object. */
    void writeTo(JsonBytes json);
}
