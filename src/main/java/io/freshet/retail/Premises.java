package io.freshet.retail;

import io.freshet.event.Ascii;

/**
 * The state of a store during the simulation: its shelves, its ids, its events and the current day. Shared by all actors of
 * the store.
 */
final class Premises {

    final Chain chain;
    final Store store;
    final Layout layout;
    final Assortment assortment;
    final Shelves shelves;
    final EventBuffer outbox;
    final Ids ids;
    final DayTotals totals = new DayTotals();
    DayPlan plan;
    /** The shipment that delivers what is ordered on this day. */
    Ascii nextShipment = Ascii.of("");
    private int orders;

    Premises(Chain chain, Store store, DayPlan plan) {
        this.chain = chain;
        this.store = store;
        this.plan = plan;
        layout = chain.layout(store.size());
        assortment = chain.assortment(store.size());
        Parameters.Visits visits = chain.parameters().visits();
        shelves = new Shelves(assortment, chain.parameters().stock(),
                chain.ordinaryVisits(store) * visits.buying() * visits.meanLines() * chain.sizeOf(store).basket());
        outbox = new EventBuffer(store.index(), chain.data().stores().size());
        ids = new Ids(store.number());
    }

    void begin(DayPlan day, Ascii nextDelivery) {
        plan = day;
        ids.begin(day.stamp());
        nextShipment = ids.shipment(nextDelivery);
        totals.clear();
        orders = 0;
    }

    Product product(int slot) {
        return chain.data().products().get(assortment.product(slot));
    }

    Ascii departmentName(int department) {
        return layout.name(Layout.zoneOf(department));
    }

    /** Orders a product whose stock has reached the reorder point, unless an order is open. */
    void reorderIfFew(int slot, int time) {
        if (shelves.onOrder(slot) == 0 && shelves.onHand(slot) <= shelves.reorderPoint(slot)) {
            order(slot, time, ReorderTriggered.Reason.REORDER_POINT);
        }
    }

    /** Orders enough pieces to reach the full stock level. */
    void order(int slot, int time, ReorderTriggered.Reason reason) {
        int before = shelves.onOrder(slot);
        int pieces = shelves.level(slot) - shelves.onHand(slot) - before;
        shelves.order(slot, pieces);
        orders++;
        if (outbox.isOpen()) {
            outbox.add(plan.at(time), nextShipment,
                    new ReorderTriggered(store, product(slot).number(), ids.order(orders),
                            chain.data().centres().get(store.centre()).number(), nextShipment, shelves.onHand(slot), before,
                            shelves.reorderPoint(slot), pieces, reason));
        }
    }
}
