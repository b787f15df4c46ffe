package io.freshet.retail;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/**
 * One store, event by event, from any day on: a pure function of the chain, the store and the day. What came before a day is
 * played again from the last time the store was filled up, at most some weeks, without making events of it. Not thread-safe.
 */
final class StoreSimulation {

    private static final int BACK_ROOM = 0;
    private static final int ENTRANCE = 1;
    private static final int ADVERTISING = 2;
    private static final int FIRST_VISITOR = 3;
    private static final int MOST_DAYS_BACK = 100;

    private final Chain chain;
    private final Store store;
    private final LongFunction<OfferWeek> offers;
    private final Premises premises;
    private final BackRoom backRoom;
    private final Entrance entrance;
    private final Advertising advertising;
    private final Shopping shopping;
    private final Agenda agenda = new Agenda();
    private final List<Visit> visits = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final IntPredicate present = this::isPresent;
    private LocalDate date = LocalDate.EPOCH;

    /**
     * @param offers the promotions of a week
     */
    StoreSimulation(Chain chain, Store store, LongFunction<OfferWeek> offers) {
        this.chain = chain;
        this.store = store;
        this.offers = offers;
        premises = new Premises(chain, store, plan(date));
        Visitors visitors = new Visitors(chain, store);
        backRoom = new BackRoom(premises);
        advertising = new Advertising(premises, visitors);
        entrance = new Entrance(premises, visitors, advertising);
        shopping = new Shopping(premises);
    }

    Store store() {
        return store;
    }

    /** Goes to the beginning of a day. */
    void startAt(LocalDate day) {
        LocalDate from = filledUp(day);
        premises.shelves.fill();
        premises.outbox.clear();
        for (LocalDate past = from; past.isBefore(day); past = past.plusDays(1)) {
            begin(past, false);
            while (!agenda.isEmpty()) {
                act();
            }
        }
        begin(day, true);
    }

    /** The last open day before {@code day} in whose morning everything is filled up. */
    private LocalDate filledUp(LocalDate day) {
        LocalDate morning = null;
        for (LocalDate past = day.minusDays(1); past.isAfter(day.minusDays(MOST_DAYS_BACK)); past = past.minusDays(1)) {
            if (chain.calendar().isOpen(past)) {
                if (morning != null && BackRoom.isReviewed(store, past.toEpochDay())) {
                    return morning;
                }
                morning = past;
            }
        }
        // a chain that is hardly ever open begins with full shelves
        return day;
    }

    private DayPlan plan(LocalDate day) {
        return DayPlan.of(chain, store, day, offers.apply(OfferWeek.weekOf(day.toEpochDay())));
    }

    private void begin(LocalDate day, boolean kept) {
        date = day;
        agenda.clear();
        // places are given in the same order every day, whatever the day before was like
        free.clear();
        for (int place = 0; place < visits.size(); place++) {
            visits.get(place).customer = null;
            free.add(place);
        }
        premises.begin(plan(day), DayPlan.stampOf(nextOpen(day)));
        premises.outbox.begin(day.toEpochDay(), kept);
        if (premises.plan.isOpen()) {
            agenda.add(backRoom.begin(), BACK_ROOM);
            add(entrance.begin(), ENTRANCE);
            add(advertising.begin(), ADVERTISING);
        }
    }

    private void add(int time, int actor) {
        if (time != Shopping.DONE) {
            agenda.add(time, actor);
        }
    }

    private LocalDate nextOpen(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!chain.calendar().isOpen(next) && next.isBefore(day.plusDays(MOST_DAYS_BACK))) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** The next event; null if there is none for many days. */
    @Nullable
    RetailEvent peek() {
        LocalDate end = date.plusDays(MOST_DAYS_BACK);
        RetailEvent event = premises.outbox.peek();
        while (event == null && date.isBefore(end)) {
            if (agenda.isEmpty()) {
                begin(date.plusDays(1), true);
            } else {
                act();
            }
            event = premises.outbox.peek();
        }
        return event;
    }

    RetailEvent take() {
        return premises.outbox.take();
    }

    /** Whoever is due does something. */
    private void act() {
        int time = agenda.time();
        int actor = agenda.actor();
        int entering = actor == ENTRANCE ? admit(time) : Shopping.DONE;
        int next = switch (actor) {
            case BACK_ROOM -> backRoom.act(time);
            case ENTRANCE -> entrance.next();
            case ADVERTISING -> advertising.act(time);
            default -> shopping.act(visits.get(actor - FIRST_VISITOR), time);
        };
        if (next != Shopping.DONE) {
            agenda.postpone(next);
        } else {
            agenda.remove();
            if (actor >= FIRST_VISITOR) {
                leave(actor - FIRST_VISITOR);
            }
        }
        add(entering == Shopping.DONE ? Shopping.DONE : time, entering);
    }

    /** Somebody enters; gives the actor. */
    private int admit(int time) {
        if (free.isEmpty()) {
            free.push(visits.size());
            visits.add(new Visit());
        }
        int place = free.pop();
        Visit visit = visits.get(place);
        visit.customer = null;
        entrance.admit(visit, time, present);
        return FIRST_VISITOR + place;
    }

    private void leave(int place) {
        visits.get(place).customer = null;
        free.push(place);
    }

    private boolean isPresent(int customer) {
        for (int i = 0; i < visits.size(); i++) {
            if (Shopping.isOf(visits.get(i), customer)) {
                return true;
            }
        }
        return false;
    }
}
