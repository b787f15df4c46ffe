package io.freshet.retail;

import java.util.List;

import io.freshet.stats.Draws;
import io.freshet.stats.Permutation;

/** Draws what a visitor wants and the way through the store that follows from it. */
final class ShoppingList {

    private static final int SECOND = 1000;
    private static final int TRIES = 3;
    /** From the entrance to the first zone, and from one zone to the next. */
    static final int WALK = SECOND;
    /** What a visit may take from the checkout on. */
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
            int lines = 1 + premises.chain.basketSizes(segment).draw(draws.word());
            int before = -1;
            for (int i = 0; i < lines; i++) {
                before = wantNext(visit, before);
            }
        }
        route(visit);
        long most = premises.plan.closing() - CHECKOUT - (time + (visit.stops + 1L) * WALK);
        visit.hurry(most);
    }

    /** The first product of a promotion that is carried here. */
    private void wantOffer(Visit visit, Visit.Reason reason) {
        for (int product : premises.plan.offers().promotions().get(reason.promotion()).products()) {
            int slot = premises.assortment.slotOf(premises.chain.data().products().get(product));
            if (slot >= 0) {
                visit.want(slot, quantity(visit.draws));
                return;
            }
        }
    }

    /** One more product: one that goes with the one before, or any. Gives its slot. */
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

    /** One of three products that go with a product. */
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
