package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A visitor moves from one zone of the store to an adjacent one.
 *
 * @param store the store
 * @param visit the visit
 * @param customer the customer; 0 if unknown
 * @param from the zone that the visitor leaves
 * @param to the zone that the visitor enters
 * @param dwellSeconds how long the visitor stayed in the zone that the visitor leaves
 */
public record CustomerZoneChanged(Store store, Ascii visit, int customer, Ascii from, Ascii to,
        int dwellSeconds) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii VISIT_ID = Ascii.of(",\"visit_id\":\"");
    private static final Ascii CUSTOMER_ID = Ascii.of("\",\"customer_id\":");
    private static final Ascii FROM_ZONE = Ascii.of(",\"from_zone\":\"");
    private static final Ascii TO_ZONE = Ascii.of("\",\"to_zone\":\"");
    private static final Ascii DWELL_SECONDS = Ascii.of("\",\"dwell_seconds\":");

    @Override
    public EventType type() {
        return EventType.CUSTOMER_ZONE_CHANGED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(VISIT_ID).put(visit);
        json.put(CUSTOMER_ID).numberOrNull(customer);
        json.put(FROM_ZONE).put(from);
        json.put(TO_ZONE).put(to);
        json.put(DWELL_SECONDS).number(dwellSeconds);
        json.put('}');
    }
}
