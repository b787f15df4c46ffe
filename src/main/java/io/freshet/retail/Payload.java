package io.freshet.retail;

import io.freshet.event.JsonBytes;

/**
 * What has happened, without when and where it belongs. The JSON Schema of each is the resource
 * {@code retail/schemas/TYPE.json}.
 */
public sealed interface Payload permits ReceiptCreated, ReceiptLineAdded, PaymentProcessed, InventoryUpdated, StockoutDetected,
        ReorderTriggered, CustomerEntered, CustomerZoneChanged, BlePingDetected, TruckArrived, TruckDeparted, StoreOpened,
        StoreClosed, AdImpression, PromotionApplied {

    EventType type();

    /** The store it happened at, or where the customer it happened to usually goes. */
    Store store();

    /** Writes it as a JSON object. */
    void writeTo(JsonBytes json);
}
