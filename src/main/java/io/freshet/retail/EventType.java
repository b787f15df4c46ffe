package io.freshet.retail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.freshet.event.Ascii;

/** The types of events in a chain of stores. */
public enum EventType {
    RECEIPT_CREATED,
    RECEIPT_LINE_ADDED,
    PAYMENT_PROCESSED,
    INVENTORY_UPDATED,
    STOCKOUT_DETECTED,
    REORDER_TRIGGERED,
    CUSTOMER_ENTERED,
    CUSTOMER_ZONE_CHANGED,
    BLE_PING_DETECTED,
    TRUCK_ARRIVED,
    TRUCK_DEPARTED,
    STORE_OPENED,
    STORE_CLOSED,
    AD_IMPRESSION,
    PROMOTION_APPLIED;

    private final String id = name().toLowerCase(Locale.ROOT);
    private final Ascii head = Ascii.of("{\"event_type\":\"" + id + "\",\"payload\":");

    /** Returns the name of the type in events. */
    public String id() {
        return id;
    }

    /** Returns the type with this name. */
    public static Optional<EventType> find(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }

    /** Returns the start of the JSON of an event. */
    Ascii head() {
        return head;
    }
}
