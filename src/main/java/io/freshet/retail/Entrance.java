package io.freshet.retail;

import java.util.function.IntPredicate;

import io.freshet.stats.Draws;

/**
 * Generates the arrivals of visitors as a Poisson process whose rate follows the day's footfall curve, by inverting the
 * integral of the rate.
 */
final class Entrance {

    private final Premises premises;
    private final Visitors visitors;
    private final Advertising advertising;
    private final Draws times = new Draws();
    private double come;
    private int number;

    Entrance(Premises premises, Visitors visitors, Advertising advertising) {
        this.premises = premises;
        this.visitors = visitors;
        this.advertising = advertising;
    }

    /**
     * Starts an open day.
     *
     * @return the arrival time of the first visitor
     */
    int begin() {
        times.restart(premises.plan.day(), premises.store.index(), Purpose.ARRIVALS, premises.chain.seed());
        come = 0;
        number = 0;
        return next();
    }

    int next() {
        come += times.exponential();
        FootfallCurve curve = premises.plan.footfall();
        return come < curve.total() ? curve.timeOf(come) : Shopping.DONE;
    }

    /** Chooses the customer of a visit, or leaves the visitor unknown. */
    void admit(Visit visit, int time, IntPredicate present) {
        number++;
        visit.begin(number, premises.ids.visit(number));
        Draws draws = visit.draws;
        draws.restart(premises.plan.day() << 32 | number, premises.store.index(), Purpose.VISIT, premises.chain.seed());
        if (visitors.known(draws)) {
            Visit.Reason reason = advertising.take(present);
            visit.reason = reason;
            visit.customer = reason != null ? reason.customer() : visitors.choose(draws, premises.plan, time, present);
        }
    }
}
