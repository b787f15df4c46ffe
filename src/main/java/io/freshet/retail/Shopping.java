package io.freshet.retail;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.Draws;
import io.freshet.stats.Permutation;

/** Simulates the visitors of a store, step by step. */
final class Shopping {

    /** The result of an actor that has no next step. */
    static final int DONE = -1;
    private static final int SECOND = 1000;
    /** How many slots away from an empty one visitors look for a substitute. */
    private static final int NEIGHBOURS = 3;

    private final Premises premises;
    private final ShoppingList lists;
    private final Till till;

    Shopping(Premises premises) {
        this.premises = premises;
        this.lists = new ShoppingList(premises);
        this.till = new Till(premises);
    }

    /**
     * Performs the step that is due.
     *
     * @return the time of the next step; {@link #DONE} at the end of the visit
     */
    int act(Visit visit, int time) {
        return switch (visit.step) {
            case ENTER -> enter(visit, time);
            case WALK -> walk(visit, time);
            case PING -> ping(visit, time);
            case PICK -> pick(visit, time);
            case CHECKOUT -> till.checkOut(visit, time);
            case LINE -> till.line(visit, time);
            case PAY -> till.pay(visit, time);
        };
    }

    private int enter(Visit visit, int time) {
        Draws draws = visit.draws;
        Customer customer = visit.customer;
        Parameters.Visits visits = premises.chain.parameters().visits();
        visit.seen = customer == null ? draws.chance(visits.app()) : customer.app();
        long phone = customer == null ? draws.word() : Permutation.mix(premises.chain.seed() * 31 + customer.index());
        long pings = draws.word();
        int group = draws.chance(0.25) ? draws.between(2, 4) : 1;
        lists.draw(visit, time);
        premises.totals.visitors++;
        if (premises.outbox.isOpen()) {
            if (visit.seen) {
                visit.phone = premises.ids.phone(phone);
                visit.pings.restart(pings);
            }
            Visit.Reason reason = visit.reason;
            premises.outbox.add(premises.plan.at(time), visit.id, new CustomerEntered(premises.store, visit.id,
                    visit.customerNumber(), customer == null ? null : premises.chain.segmentName(customer.segment()),
                    customer == null ? null : customer.loyalty().text(), group, reason == null ? null : reason.impression()));
        }
        visit.step = Visit.Step.WALK;
        return time + ShoppingList.WALK;
    }

    private int walk(Visit visit, int start) {
        int time = start;
        int zone = visit.zone(visit.stop);
        if (premises.outbox.isOpen()) {
            int from = visit.stop == 0 ? Layout.ENTRANCE : visit.zone(visit.stop - 1);
            int dwell = visit.stop == 0 ? ShoppingList.WALK : visit.dwell(visit.stop - 1);
            premises.outbox.add(premises.plan.at(time), visit.id, new CustomerZoneChanged(premises.store, visit.id,
                    visit.customerNumber(), premises.layout.name(from), premises.layout.name(zone), dwell / SECOND));
            visit.stopEnds = time + visit.dwell(visit.stop);
            return visit.seen ? nextPing(visit, time) : pickAt(visit, visit.stopEnds);
        }
        // no events are recorded, so zones where nothing is taken make no difference
        while (visit.stop < visit.stops - 1 && !takesHere(visit)) {
            time += visit.dwell(visit.stop) + ShoppingList.WALK;
            visit.stop++;
        }
        return pickAt(visit, time + visit.dwell(visit.stop));
    }

    private boolean takesHere(Visit visit) {
        return visit.nextWanted < visit.wants && lists.zoneOf(visit.wanted[visit.nextWanted]) == visit.zone(visit.stop);
    }

    private static int pickAt(Visit visit, int time) {
        visit.step = Visit.Step.PICK;
        return time;
    }

    private int nextPing(Visit visit, int time) {
        double seconds = premises.chain.parameters().visits().pingSeconds() * (0.5 + visit.pings.uniform());
        int next = time + (int) (seconds * SECOND);
        if (next >= visit.stopEnds) {
            return pickAt(visit, visit.stopEnds);
        }
        visit.step = Visit.Step.PING;
        return next;
    }

    private int ping(Visit visit, int time) {
        if (!premises.outbox.isOpen()) {
            return pickAt(visit, visit.stopEnds);
        }
        int beacon = 1 + visit.pings.below(premises.layout.beacons());
        int rssi = -45 - visit.pings.below(25) - visit.pings.below(20);
        premises.outbox.add(premises.plan.at(time), visit.id, new BlePingDetected(premises.store, visit.id,
                visit.customerNumber(), visit.phone, premises.layout.name(visit.zone(visit.stop)), beacon, rssi));
        return nextPing(visit, time);
    }

    private int pick(Visit visit, int time) {
        while (takesHere(visit)) {
            int slot = visit.wanted[visit.nextWanted];
            int quantity = visit.quantities[visit.nextWanted++];
            int taken = premises.shelves.take(slot, quantity);
            if (taken > 0) {
                visit.basket.put(slot, taken, 0);
            } else {
                missing(visit, slot, quantity, time);
            }
        }
        visit.stop++;
        if (visit.stop < visit.stops) {
            visit.step = Visit.Step.WALK;
            return time + ShoppingList.WALK;
        }
        visit.step = Visit.Step.CHECKOUT;
        return visit.basket.lines == 0 ? DONE : time + ShoppingList.WALK;
    }

    private void missing(Visit visit, int slot, int quantity, int time) {
        int other = substitute(visit, slot);
        Product wanted = premises.product(slot);
        if (other >= 0) {
            visit.basket.put(other, premises.shelves.take(other, quantity), wanted.number());
        }
        premises.totals.stockouts++;
        if (premises.outbox.isOpen()) {
            premises.outbox.add(premises.plan.at(time), visit.id,
                    new StockoutDetected(premises.store, wanted.number(), visit.id,
                            premises.departmentName(wanted.department()), quantity, premises.shelves.onHand(slot),
                            premises.shelves.onOrder(slot), other < 0 ? 0 : premises.product(other).number()));
        }
    }

    /**
     * Returns the slot of a substitute near an empty slot: a product that is in stock and not wanted or taken already.
     *
     * @return −1 if no substitute is found or the visitor does not accept one
     */
    private int substitute(Visit visit, int slot) {
        if (!visit.draws.chance(premises.chain.parameters().stock().substitution())) {
            return -1;
        }
        int department = premises.product(slot).department();
        for (int distance = 1; distance <= NEIGHBOURS; distance++) {
            for (int other = slot - distance; other <= slot + distance; other += 2 * distance) {
                if (other >= premises.assortment.start(department) && other < premises.assortment.start(department + 1)
                        && premises.shelves.onShelf(other) > 0 && !visit.wants(other) && !visit.basket.has(other)) {
                    return other;
                }
            }
        }
        return -1;
    }

    /** Returns whether a visit belongs to a customer. */
    static boolean isOf(@Nullable Visit visit, int customer) {
        Customer known = visit == null ? null : visit.customer;
        return known != null && known.index() == customer;
    }
}
