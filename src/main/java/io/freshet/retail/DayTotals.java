package io.freshet.retail;

/** What is summed up over a day of a store. */
final class DayTotals {

    int visitors;
    int receipts;
    int items;
    long revenueCents;
    int stockouts;

    void clear() {
        visitors = 0;
        receipts = 0;
        items = 0;
        revenueCents = 0;
        stockouts = 0;
    }
}
