package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A truck departs after all its goods have been put on the shelves.
 *
 * @param store the store
 * @param centre the distribution centre
 * @param truck the truck
 * @param shipment the shipment
 * @param units how many pieces were unloaded
 * @param unloadMinutes how long the truck was at the store
 */
public record TruckDeparted(Store store, int centre, Ascii truck, Ascii shipment, int units,
        int unloadMinutes) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii DC_ID = Ascii.of(",\"dc_id\":");
    private static final Ascii TRUCK_ID = Ascii.of(",\"truck_id\":\"");
    private static final Ascii SHIPMENT_ID = Ascii.of("\",\"shipment_id\":\"");
    private static final Ascii UNIT_COUNT = Ascii.of("\",\"unit_count\":");
    private static final Ascii UNLOAD_MINUTES = Ascii.of(",\"unload_minutes\":");

    @Override
    public EventType type() {
        return EventType.TRUCK_DEPARTED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(DC_ID).number(centre);
        json.put(TRUCK_ID).put(truck);
        json.put(SHIPMENT_ID).put(shipment);
        json.put(UNIT_COUNT).number(units);
        json.put(UNLOAD_MINUTES).number(unloadMinutes);
        json.put('}');
    }
}
