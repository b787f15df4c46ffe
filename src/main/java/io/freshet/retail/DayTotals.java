package io.freshet.retail;

/** The totals of a store's day. */
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
