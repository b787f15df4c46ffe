package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A customer sees an advertisement for a promotion.
 *
 * @param store the customer's home store
 * @param impression the impression
 * @param customer the customer
 * @param promotion the advertised promotion
 * @param channel the advertising channel
 * @param costCents what the impression costs
 */
public record AdImpression(Store store, Ascii impression, int customer, Ascii promotion, Ascii channel,
        int costCents) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii IMPRESSION_ID = Ascii.of(",\"impression_id\":\"");
    private static final Ascii CUSTOMER_ID = Ascii.of("\",\"customer_id\":");
    private static final Ascii PROMOTION_ID = Ascii.of(",\"promotion_id\":\"");
    private static final Ascii CHANNEL = Ascii.of("\",\"channel\":\"");
    private static final Ascii COST = Ascii.of("\",\"cost\":");

    @Override
    public EventType type() {
        return EventType.AD_IMPRESSION;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(IMPRESSION_ID).put(impression);
        json.put(CUSTOMER_ID).number(customer);
        json.put(PROMOTION_ID).put(promotion);
        json.put(CHANNEL).put(channel);
        json.put(COST).cents(costCents);
        json.put('}');
    }
}
