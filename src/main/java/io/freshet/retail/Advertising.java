package io.freshet.retail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Ascii;
import io.freshet.stats.Draws;

/**
 * Creates impressions: customers of a store see advertisements while it is open, at a constant rate over the day, and some
 * of them come because of one. Such a customer takes the place of another visitor, so that impressions decide who comes and
 * not how many come.
 */
final class Advertising {

    private static final int MAX_WAITING = 64;
    /** How long before closing time the impressions end, so that customers still have time to come. */
    static final int BEFORE_CLOSING = 3_600_000;

    private final Premises premises;
    private final Visitors visitors;
    private final List<Ascii> channels;
    private final Draws times = new Draws();
    private final Draws draws = new Draws();
    private final Deque<Visit.Reason> coming = new ArrayDeque<>();
    private double perMilli;
    private double at;
    private int number;

    Advertising(Premises premises, Visitors visitors) {
        this.premises = premises;
        this.visitors = visitors;
        this.channels = premises.chain.parameters().advertising().channels().stream()
                .map(channel -> Ascii.of(channel.name())).toList();
    }

    /**
     * Starts an open day.
     *
     * @return the time of the first impression
     */
    int begin() {
        coming.clear();
        number = 0;
        int customers = premises.chain.data().customers().countOf(premises.store.index());
        int end = premises.plan.closing() - BEFORE_CLOSING;
        perMilli = premises.chain.parameters().advertising().perCustomer() * customers / (end - premises.plan.opening());
        if (perMilli <= 0) {
            return Shopping.DONE;
        }
        times.restart(premises.plan.day(), premises.store.index(), Purpose.IMPRESSIONS, premises.chain.seed());
        at = premises.plan.opening();
        return next();
    }

    private int next() {
        at += times.exponential() / perMilli;
        return at < premises.plan.closing() - BEFORE_CLOSING ? (int) at : Shopping.DONE;
    }

    /**
     * Creates an impression.
     *
     * @return the time of the next impression
     */
    int act(int time) {
        number++;
        draws.restart(premises.plan.day() << 32 | number, premises.store.index(), Purpose.IMPRESSIONS, premises.chain.seed());
        Customers customers = premises.chain.data().customers();
        int index = customers.firstOf(premises.store.index()) + draws.below(customers.countOf(premises.store.index()));
        int promotion = draws.below(premises.plan.offers().promotions().size());
        int channel = premises.chain.channels().draw(draws.word());
        int cost = draws.between(1, 12);
        boolean comes = draws.chance(premises.chain.parameters().advertising().conversion())
                && !visitors.isAway(index, premises.plan.day()) && coming.size() < MAX_WAITING;
        if (comes || premises.outbox.isOpen()) {
            Customer customer = customers.get(index);
            Ascii id = premises.ids.impression(number);
            if (comes) {
                coming.add(new Visit.Reason(customer, id, promotion));
            }
            if (premises.outbox.isOpen()) {
                premises.outbox.add(premises.plan.at(time), id, new AdImpression(premises.store, id, customer.number(),
                        premises.plan.offers().promotions().get(promotion).id(), channels.get(channel), cost));
            }
        }
        return next();
    }

    /**
     * Returns a customer who has decided to come because of an impression; null if no such customer remains who is not in
     * the store already.
     *
     * @param present tests whether the customer with an index is in the store
     */
    Visit.@Nullable Reason take(IntPredicate present) {
        while (!coming.isEmpty()) {
            Visit.Reason reason = coming.remove();
            if (!present.test(reason.customer().index())) {
                return reason;
            }
        }
        return null;
    }
}
