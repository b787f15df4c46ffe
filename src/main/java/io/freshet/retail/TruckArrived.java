package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A truck arrives from the distribution centre; its goods are then put on the shelves.
 *
 * @param store the store
 * @param centre the distribution centre
 * @param truck the truck
 * @param shipment the shipment
 * @param products how many products it delivers
 * @param units how many pieces it delivers
 * @param delayMinutes how many minutes late it is
 */
public record TruckArrived(Store store, int centre, Ascii truck, Ascii shipment, int products, int units,
        int delayMinutes) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii DC_ID = Ascii.of(",\"dc_id\":");
    private static final Ascii TRUCK_ID = Ascii.of(",\"truck_id\":\"");
    private static final Ascii SHIPMENT_ID = Ascii.of("\",\"shipment_id\":\"");
    private static final Ascii PRODUCT_COUNT = Ascii.of("\",\"product_count\":");
    private static final Ascii UNIT_COUNT = Ascii.of(",\"unit_count\":");
    private static final Ascii DELAY_MINUTES = Ascii.of(",\"delay_minutes\":");

    @Override
    public EventType type() {
        return EventType.TRUCK_ARRIVED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(DC_ID).number(centre);
        json.put(TRUCK_ID).put(truck);
        json.put(SHIPMENT_ID).put(shipment);
        json.put(PRODUCT_COUNT).number(products);
        json.put(UNIT_COUNT).number(units);
        json.put(DELAY_MINUTES).number(delayMinutes);
        json.put('}');
    }
}
