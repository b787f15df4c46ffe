package io.freshet.retail;

import java.util.List;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A beacon detects the phone of a visitor.
 *
 * @param store the store
 * @param visit the visit
 * @param customer the customer; 0 if unknown
 * @param phone the phone; the same on every visit of a known customer
 * @param zone the zone of the beacon
 * @param beacon the number of the beacon in the zone, from 1
 * @param rssi the signal strength in dBm
 */
public record BlePingDetected(Store store, Ascii visit, int customer, Ascii phone, Ascii zone, int beacon,
        int rssi) implements Payload {

    private static final List<Ascii> PROXIMITIES = List.of(Ascii.of("immediate"), Ascii.of("near"), Ascii.of("far"));
    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii VISIT_ID = Ascii.of(",\"visit_id\":\"");
    private static final Ascii CUSTOMER_ID = Ascii.of("\",\"customer_id\":");
    private static final Ascii BLE_ID = Ascii.of(",\"ble_id\":\"");
    private static final Ascii ZONE = Ascii.of("\",\"zone\":\"");
    private static final Ascii BEACON = Ascii.of("\",\"beacon\":");
    private static final Ascii RSSI = Ascii.of(",\"rssi\":");
    private static final Ascii PROXIMITY = Ascii.of(",\"proximity\":\"");
    private static final Ascii END = Ascii.of("\"}");

    @Override
    public EventType type() {
        return EventType.BLE_PING_DETECTED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(VISIT_ID).put(visit);
        json.put(CUSTOMER_ID).numberOrNull(customer);
        json.put(BLE_ID).put(phone);
        json.put(ZONE).put(zone);
        json.put(BEACON).number(beacon);
        json.put(RSSI).number(rssi);
        json.put(PROXIMITY).put(PROXIMITIES.get(rssi >= -55 ? 0 : rssi >= -75 ? 1 : 2));
        json.put(END);
    }
}
