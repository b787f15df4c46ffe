package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A store closes for the day and reports the day's totals.
 *
 * @param store the store
 * @param openedAt when the store opened, in milliseconds since 1970
 * @param visitors the number of visits
 * @param receipts the number of receipts
 * @param items the number of pieces sold
 * @param revenueCents the sum of the totals of the receipts
 * @param stockouts how often a visitor found an empty shelf
 */
public record StoreClosed(Store store, long openedAt, int visitors, int receipts, int items, long revenueCents,
        int stockouts) implements Payload {

    private static final Ascii STORE_ID = Ascii.of("{\"store_id\":");
    private static final Ascii OPENED_AT = Ascii.of(",\"opened_at\":");
    private static final Ascii VISITORS = Ascii.of(",\"visitors\":");
    private static final Ascii RECEIPTS = Ascii.of(",\"receipts\":");
    private static final Ascii ITEMS = Ascii.of(",\"items\":");
    private static final Ascii REVENUE = Ascii.of(",\"revenue\":");
    private static final Ascii STOCKOUTS = Ascii.of(",\"stockouts\":");

    @Override
    public EventType type() {
        return EventType.STORE_CLOSED;
    }

    @Override
    public void writeTo(JsonBytes json) {
        json.put(STORE_ID).number(store.number());
        json.put(OPENED_AT).time(openedAt);
        json.put(VISITORS).number(visitors);
        json.put(RECEIPTS).number(receipts);
        json.put(ITEMS).number(items);
        json.put(REVENUE).cents(revenueCents);
        json.put(STOCKOUTS).number(stockouts);
        json.put('}');
    }
}
