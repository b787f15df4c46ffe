package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.event.JsonBytes;

/**
 * A store closes for the day, with the sums of the day.
 *
 * @param store the store
 * @param openedAt when it was opened, milliseconds since 1970
 * @param visitors how many visits there were
 * @param receipts how many receipts
 * @param items how many pieces were sold
 * @param revenueCents the sum of the totals of the receipts
 * @param stockouts how often a shelf was found empty
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
