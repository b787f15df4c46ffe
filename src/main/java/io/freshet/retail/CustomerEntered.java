package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * Somebody enters a store: a visit begins.
 *
 * @param store the store
 * @param visit the visit
 * @param customer the customer; 0 for somebody who is not known
 * @param segment the kind of customer; null for somebody who is not known
 * @param loyalty the card: none, bronze, silver, gold; null for somebody who is not known
 * @param groupSize how many come together
 * @param impression the advertisement that brought them; null for none
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
