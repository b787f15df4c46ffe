package io.freshet.retail;

import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.Draws;
import io.freshet.stats.Philox;

/**
 * Chooses the customers that come to a store. Each customer shops in only one store a day, usually the home store. On a
 * given day, all customers of a store who shop elsewhere go to the same other store.
 */
final class Visitors {

    private static final int TRIES = 4;
    private static final int TRIES_FOR_GUESTS = 60;

    private final Chain chain;
    private final Store store;
    private final double known;

    Visitors(Chain chain, Store store) {
        this.chain = chain;
        this.store = store;
        double visits = chain.ordinaryVisits(store);
        known = Math.min(0.9,
                chain.parameters().visits().perCustomer() * chain.data().customers().countOf(store.index()) / visits);
    }

    /** Returns whether the next visitor is a known customer. */
    boolean known(Draws draws) {
        return draws.chance(known);
    }

    /**
     * Returns a customer who comes to this store on this day; null if a few tries find none.
     *
     * @param present tests whether the customer with an index is in the store
     */
    @Nullable
    Customer choose(Draws draws, DayPlan plan, int time, IntPredicate present) {
        Customers customers = chain.data().customers();
        int stores = chain.data().stores().size();
        boolean guest = stores > 1 && draws.chance(chain.parameters().visits().away());
        int home = guest ? Math.floorMod(store.index() - shift(plan.day(), stores), stores) : store.index();
        int count = customers.countOf(home);
        int tries = guest ? TRIES_FOR_GUESTS : TRIES;
        for (int i = 1; count > 0 && i <= tries; i++) {
            int index = customers.firstOf(home) + draws.below(count);
            if (isAway(index, plan.day()) == guest && !present.test(index)) {
                Customer customer = customers.get(index);
                DayPart prefers = chain.parameters().segments().get(customer.segment()).part();
                if (prefers == DayPart.at(time) || i >= TRIES || draws.chance(0.5)) {
                    return customer;
                }
            }
        }
        return null;
    }

    /** Returns whether a customer shops in another store on a day. */
    boolean isAway(int customer, long day) {
        return chain.data().stores().size() > 1 && Philox
                .uniform(Philox.word(customer, (int) day, Purpose.AWAY, chain.seed())) < chain.parameters().visits().away();
    }

    private int shift(long day, int stores) {
        return 1 + (int) Long.remainderUnsigned(Philox.word(day, 0, Purpose.AWAY, ~chain.seed()), stores - 1L);
    }
}
