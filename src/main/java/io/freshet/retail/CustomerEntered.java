package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A visitor enters a store, which starts a visit.
 *
 * @param store the store
 * @param visit the visit
 * @param customer the customer; 0 if unknown
 * @param segment the customer's segment; null if the customer is unknown
 * @param loyalty the customer's card (none, bronze, silver or gold); null if the customer is unknown
 * @param groupSize how many people come together
 * @param impression the advertisement that prompted the visit; null for none
 */
public record CustomerEntered(Store store, Ascii visit, int customer, @Nullable Ascii segment, @Nullable Ascii loyalty,
        int groupSize, @Nullable Ascii impression) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii VISIT_ID = Ascii.of(",\"visit_id\":\"");
    private static final Ascii CUSTOMER_ID = Ascii.of("\",\"customer_id\":");
    private static final Ascii SEGMENT = Ascii.of(",\"segment\":");
    private static final Ascii LOYALTY = Ascii.of(",\"loyalty\":");
    private static final Ascii GROUP_SIZE = Ascii.of(",\"group_size\":");
    private static final Ascii IMPRESSION_ID = Ascii.of(",\"impression_id\":");

    @Override
    public EventType type() {
        return EventType.CUSTOMER_ENTERED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(VISIT_ID).put(visit);
        json.put(CUSTOMER_ID).numberOrNull(customer);
        json.put(SEGMENT).textOrNull(segment);
        json.put(LOYALTY).textOrNull(loyalty);
        json.put(GROUP_SIZE).number(groupSize);
        json.put(IMPRESSION_ID).textOrNull(impression);
        json.put('}');
    }
}
