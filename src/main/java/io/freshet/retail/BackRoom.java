package io.freshet.retail;

import io.freshet.event.Ascii;
import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;

/**
 * Simulates the work of a store apart from its visitors: a truck delivers the orders, the store opens and closes, losses
 * are recorded, and once a week every product is replenished. After such a review and the next delivery, the stock does not
 * depend on the past, so that a simulation can start there.
 */
final class BackRoom {

    /** The next step of the day. */
    private enum Step {
        ARRIVE,
        UNLOAD,
        DEPART,
        OPEN,
        CLOSE,
        LOSE,
        REVIEW
    }

    static final int WEEK = 7;
    private static final int SECOND = 1000;
    private static final int MINUTE = 60 * SECOND;
    private static final int BETWEEN_STOPS = 55 * MINUTE;
    private static final int MAX_DELAY_MINUTES = 8;
    /** The maximum duration of the losses, and of the review, so that the day ends before midnight. */
    private static final int LONGEST = 30 * MINUTE;
    private static final int MAX_LOSSES = LONGEST / (20 * SECOND);
    private static final int UNLOADING = 38 * MINUTE;
    private static final int TO_UNLOADING = 3 * MINUTE;
    private static final int TO_LOSSES = 10 * MINUTE;
    private static final int TO_REVIEW = 5 * MINUTE;
    /** The maximum time after its schedule at which a truck arrives. */
    static final int MAX_DELAY = MAX_DELAY_MINUTES * MINUTE;
    /** The maximum time after its scheduled arrival at which a truck departs. */
    static final int MAX_DELIVERY = MAX_DELAY + TO_UNLOADING + UNLOADING + 2 * MINUTE;
    /** The maximum time after closing at which losses are recorded. */
    static final int LONGEST_LOSSES = TO_LOSSES + LONGEST;
    /** The maximum time after closing at which goods are ordered. */
    static final int MAX_REVIEW = LONGEST_LOSSES + TO_REVIEW + LONGEST;

    private final Premises premises;
    private final Draws draws = new Draws();
    private final AliasTable perishables;
    private final boolean anyPerishable;
    private final Ascii truck;
    private Ascii shipment = Ascii.of("");
    private Step step = Step.OPEN;
    private int arrived;
    private int units;
    private int gap;
    private int slot;
    private int losses;

    BackRoom(Premises premises) {
        this.premises = premises;
        double[] weights = premises.chain.parameters().departments().stream()
                .mapToDouble(d -> d.shelfLifeDays() == 0 ? 0 : d.weight() / d.shelfLifeDays()).toArray();
        anyPerishable = java.util.Arrays.stream(weights).anyMatch(weight -> weight > 0);
        perishables = AliasTable.of(anyPerishable ? weights : new double[] { 1 });
        truck = Ascii.of("TRK_" + premises.chain.data().centres().get(premises.store.centre()).number() + "_"
                + premises.store.truck());
    }

    /**
     * Starts an open day.
     *
     * @return the time of the first step
     */
    int begin() {
        draws.restart(premises.plan.day(), premises.store.index(), Purpose.NIGHT, premises.chain.seed());
        shipment = premises.ids.shipment(premises.plan.stamp());
        int products = 0;
        units = 0;
        for (slot = 0; slot < premises.shelves.size(); slot++) {
            if (premises.shelves.onOrder(slot) > 0) {
                products++;
                units += premises.shelves.onOrder(slot);
            }
        }
        if (products == 0) {
            step = Step.OPEN;
            return premises.plan.opening();
        }
        gap = Math.min(4 * SECOND, UNLOADING / products);
        step = Step.ARRIVE;
        return firstArrival(premises.chain, premises.store) + delayMinutes() * MINUTE;
    }

    /** Returns when the truck arrives if it is not delayed. */
    static int firstArrival(Chain chain, Store store) {
        return chain.parameters().logistics().firstArrival().toSecondOfDay() * SECOND + store.stop() * BETWEEN_STOPS;
    }

    private int delayMinutes() {
        Draws road = Draws.of(premises.plan.day(), premises.store.index(), Purpose.TRUCK, premises.chain.seed());
        return road.chance(0.7) ? 0 : 1 + road.below(MAX_DELAY_MINUTES);
    }

    /**
     * Performs the step that is due.
     *
     * @return the time of the next step
     */
    int act(int time) {
        return switch (step) {
            case ARRIVE -> arrive(time);
            case UNLOAD -> unload(time);
            case DEPART -> depart(time);
            case OPEN -> open(time);
            case CLOSE -> close(time);
            case LOSE -> lose(time);
            case REVIEW -> review(time);
        };
    }

    private int arrive(int time) {
        arrived = time;
        if (premises.outbox.isOpen()) {
            int products = 0;
            for (int i = 0; i < premises.shelves.size(); i++) {
                products += premises.shelves.onOrder(i) > 0 ? 1 : 0;
            }
            premises.outbox.add(premises.plan.at(time), shipment, new TruckArrived(premises.store,
                    premises.chain.data().centres().get(premises.store.centre()).number(), truck, shipment, products, units,
                    delayMinutes()));
        }
        slot = 0;
        step = Step.UNLOAD;
        return time + TO_UNLOADING;
    }

    private int unload(int time) {
        while (slot < premises.shelves.size() && premises.shelves.onOrder(slot) == 0) {
            slot++;
        }
        if (slot == premises.shelves.size()) {
            step = Step.DEPART;
            return time + MINUTE;
        }
        int pieces = premises.shelves.receive(slot);
        if (premises.outbox.isOpen()) {
            premises.outbox.add(premises.plan.at(time), shipment, new InventoryUpdated(premises.store,
                    premises.product(slot).number(), pieces, premises.shelves.onHand(slot), InventoryUpdated.Reason.DELIVERY,
                    shipment));
        }
        return time + gap;
    }

    private int depart(int time) {
        if (premises.outbox.isOpen()) {
            premises.outbox.add(premises.plan.at(time), shipment,
                    new TruckDeparted(premises.store, premises.chain.data().centres().get(premises.store.centre()).number(),
                            truck, shipment, units, (time - arrived) / MINUTE));
        }
        step = Step.OPEN;
        return premises.plan.opening();
    }

    private int open(int time) {
        if (premises.outbox.isOpen()) {
            premises.outbox.add(premises.plan.at(time), premises.ids.day(),
                    new StoreOpened(premises.store, Ascii.of(premises.store.name()),
                            Ascii.of(premises.chain.regionOf(premises.store).name()),
                            Ascii.of(premises.chain.sizeOf(premises.store).name()), premises.plan.at(premises.plan.closing()),
                            premises.plan.weather()));
        }
        step = Step.CLOSE;
        return premises.plan.closing();
    }

    private int close(int time) {
        DayTotals totals = premises.totals;
        if (premises.outbox.isOpen()) {
            premises.outbox.add(premises.plan.at(time), premises.ids.day(),
                    new StoreClosed(premises.store, premises.plan.at(premises.plan.opening()), totals.visitors, totals.receipts,
                            totals.items, totals.revenueCents, totals.stockouts));
        }
        Parameters.Stock stock = premises.chain.parameters().stock();
        losses = Math.min(MAX_LOSSES, draws.poisson(totals.visitors / 100.0 * (stock.spoilage() + stock.shrinkage())));
        step = Step.LOSE;
        return time + TO_LOSSES;
    }

    private int lose(int time) {
        if (losses-- <= 0) {
            slot = 0;
            step = Step.REVIEW;
            return isReviewed(premises.store, premises.plan.day()) ? time + TO_REVIEW : Shopping.DONE;
        }
        Parameters.Stock stock = premises.chain.parameters().stock();
        boolean spoils = draws.chance(stock.spoilage() / (stock.spoilage() + stock.shrinkage())) && anyPerishable;
        int department = (spoils ? perishables : premises.plan.departments()).draw(draws.word());
        int lost = premises.assortment.start(department)
                + premises.plan.offers().choice(premises.store.size(), department).draw(draws.word());
        int pieces = premises.shelves.lose(lost, 1 + draws.below(2));
        if (pieces > 0) {
            if (premises.outbox.isOpen()) {
                premises.outbox.add(premises.plan.at(time), premises.ids.day(),
                        new InventoryUpdated(premises.store, premises.product(lost).number(), -pieces,
                                premises.shelves.onHand(lost),
                                spoils ? InventoryUpdated.Reason.SPOILAGE : InventoryUpdated.Reason.SHRINKAGE, null));
            }
            premises.reorderIfFew(lost, time);
        }
        return time + 10 * SECOND + draws.below(10 * SECOND);
    }

    /** Returns whether every product is replenished by the truck that follows this day. */
    static boolean isReviewed(Store store, long day) {
        return Math.floorMod(day, WEEK) == Math.floorMod(store.index(), WEEK);
    }

    private int review(int time) {
        while (slot < premises.shelves.size() && premises.shelves.onHand(slot)
                + premises.shelves.onOrder(slot) >= premises.shelves.level(slot)) {
            slot++;
        }
        if (slot == premises.shelves.size()) {
            return Shopping.DONE;
        }
        premises.order(slot, time, ReorderTriggered.Reason.WEEKLY_REVIEW);
        return time + Math.max(1, Math.min(100, LONGEST / premises.shelves.size()));
    }
}
