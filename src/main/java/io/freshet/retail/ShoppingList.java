package io.freshet.retail;

import java.util.List;

import io.freshet.stats.Draws;
import io.freshet.stats.Permutation;

/** Draws the products that a visitor wants, and the resulting way through the store. */
final class ShoppingList {

    private static final int SECOND = 1000;
    private static final int TRIES = 3;
    /** The time from the entrance to the first zone, and between zones. */
    static final int WALK = SECOND;
    /** The maximum time of a visit from the checkout on. */
    private static final int CHECKOUT = 40 * SECOND;

    private final Premises premises;
    private final Parameters.Visits visits;

    ShoppingList(Premises premises) {
        this.premises = premises;
        this.visits = premises.chain.parameters().visits();
    }

    void draw(Visit visit, int time) {
        Draws draws = visit.draws;
        Customer customer = visit.customer;
        Visit.Reason reason = visit.reason;
        if (reason != null) {
            wantOffer(visit, reason);
        }
        if (reason != null || draws.chance(visits.buying())) {
            int segment = customer == null ? premises.chain.parameters().segments().size() : customer.segment();
            int lines = 1 + premises.chain.basketSizes(premises.store, segment).draw(draws.word());
            int before = -1;
            for (int i = 0; i < lines; i++) {
                before = wantNext(visit, before);
            }
        }
        route(visit);
        long max = premises.plan.closing() - CHECKOUT - (time + (visit.stops + 1L) * WALK);
        visit.hurry(max);
    }

    /** Adds the first product of the promotion that this store carries. */
    private void wantOffer(Visit visit, Visit.Reason reason) {
        for (int product : premises.plan.offers().promotions().get(reason.promotion()).products()) {
            int slot = premises.assortment.slotOf(premises.chain.data().products().get(product));
            if (slot >= 0) {
                visit.want(slot, quantity(visit.draws));
                return;
            }
        }
    }

    /**
     * Adds one more product, either a companion of the previous one or any product.
     *
     * @return the slot of the new product; the previous one if none was added
     */
    private int wantNext(Visit visit, int before) {
        Draws draws = visit.draws;
        for (int i = 0; i < TRIES; i++) {
            int slot = before >= 0 && draws.chance(visits.affinity()) ? companion(before, draws) : any(draws);
            if (visit.want(slot, quantity(draws))) {
                return slot;
            }
        }
        return before;
    }

    private int any(Draws draws) {
        int department = premises.plan.departments().draw(draws.word());
        return slot(department, draws.word());
    }

    /** Returns one of three products that are often bought together with a product. */
    private int companion(int slot, Draws draws) {
        Product product = premises.product(slot);
        List<Integer> departments = premises.chain.parameters().departments().get(product.department()).goesWith();
        int which = draws.below(3);
        if (departments.isEmpty()) {
            return any(draws);
        }
        return slot(departments.get(which % departments.size()),
                Permutation.mix(premises.chain.seed() + product.index() * 3L + which));
    }

    private int slot(int department, long word) {
        return premises.assortment.start(department)
                + premises.plan.offers().choice(premises.store.size(), department).draw(word);
    }

    private int quantity(Draws draws) {
        return 1 + premises.chain.quantities().draw(draws.word());
    }

    private void route(Visit visit) {
        int at = Layout.ENTRANCE;
        for (int i = 0; i < visit.wants;) {
            int zone = zoneOf(visit.wanted[i]);
            int lines = 0;
            for (; i < visit.wants && zoneOf(visit.wanted[i]) == zone; i++) {
                lines++;
            }
            at = walk(visit, at, zone, lines);
        }
        if (visit.wants == 0) {
            for (int i = 1 + visit.draws.below(3); i >= 0; i--) {
                at = walk(visit, at, Layout.zoneOf(visit.draws.below(premises.chain.departments())), 0);
            }
            return;
        }
        walk(visit, at, premises.layout.checkout(), 0);
    }

    int zoneOf(int slot) {
        return Layout.zoneOf(premises.product(slot).department());
    }

    private int walk(Visit visit, int from, int target, int lines) {
        int at = from;
        while (at != target) {
            at = premises.layout.next(at, target);
            double seconds = at == target ? visits.seekSeconds() + lines * visits.lineSeconds() : visits.crossSeconds();
            visit.addStop(at, (int) (seconds * SECOND * (0.5 + visit.draws.uniform())));
        }
        return at;
    }
}
