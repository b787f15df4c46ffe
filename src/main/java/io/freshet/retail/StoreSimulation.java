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
 * Simulates one store, event by event, from any day on, as a pure function of the chain, the store and the day. To start at
 * a day, it replays the days since the last weekly replenishment, at most some weeks, without creating events. Not
 * thread-safe.
 */
final class StoreSimulation {

    private static final int BACK_ROOM = 0;
    private static final int ENTRANCE = 1;
    private static final int ADVERTISING = 2;
    private static final int FIRST_VISITOR = 3;
    private static final int MAX_DAYS_BACK = 100;

    private final Chain chain;
    private final Store store;
    private final LongFunction<OfferWeek> offers;
    private final Premises premises;
    private final BackRoom backRoom;
    private final Entrance entrance;
    private final Advertising advertising;
    private final Shopping shopping;
    private final EventQueue eventQueue = new EventQueue();
    private final List<Visit> visits = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final IntPredicate present = this::isPresent;
    private LocalDate date = LocalDate.EPOCH;

    /** @param offers returns the promotions of a week */
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

    /** Moves to the start of a day. */
    void startAt(LocalDate day) {
        LocalDate from = filledUp(day);
        premises.shelves.fill();
        premises.outbox.clear();
        for (LocalDate past = from; past.isBefore(day); past = past.plusDays(1)) {
            begin(past, false);
            while (!eventQueue.isEmpty()) {
                act();
            }
        }
        begin(day, true);
    }

    /**
     * Returns the last open day before {@code day} that starts with full shelves; {@code day} itself if no such day is
     * found.
     */
    private LocalDate filledUp(LocalDate day) {
        LocalDate morning = null;
        for (LocalDate past = day.minusDays(1); past.isAfter(day.minusDays(MAX_DAYS_BACK)); past = past.minusDays(1)) {
            if (chain.calendar().isOpen(past)) {
                if (morning != null && BackRoom.isReviewed(store, past.toEpochDay())) {
                    return morning;
                }
                morning = past;
            }
        }
        // a chain that is hardly ever open starts with full shelves
        return day;
    }

    private DayPlan plan(LocalDate day) {
        return DayPlan.of(chain, store, day, offers.apply(OfferWeek.weekOf(day.toEpochDay())));
    }

    private void begin(LocalDate day, boolean kept) {
        date = day;
        eventQueue.clear();
        // visitors get places in the same order every day, whatever happened the day before
        free.clear();
        for (int place = 0; place < visits.size(); place++) {
            visits.get(place).customer = null;
            free.add(place);
        }
        premises.begin(plan(day), DayPlan.stampOf(nextOpen(day)));
        premises.outbox.begin(day.toEpochDay(), kept);
        if (premises.plan.isOpen()) {
            eventQueue.add(backRoom.begin(), BACK_ROOM);
            add(entrance.begin(), ENTRANCE);
            add(advertising.begin(), ADVERTISING);
        }
    }

    private void add(int time, int actor) {
        if (time != Shopping.DONE) {
            eventQueue.add(time, actor);
        }
    }

    private LocalDate nextOpen(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!chain.calendar().isOpen(next) && next.isBefore(day.plusDays(MAX_DAYS_BACK))) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** Returns the next event; null if no event happens for many days. */
    @Nullable
    RetailEvent peek() {
        LocalDate end = date.plusDays(MAX_DAYS_BACK);
        RetailEvent event = premises.outbox.peek();
        while (event == null && date.isBefore(end)) {
            if (eventQueue.isEmpty()) {
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

    /** Performs the step of the actor that is due. */
    private void act() {
        int time = eventQueue.time();
        int actor = eventQueue.actor();
        int entering = actor == ENTRANCE ? admit(time) : Shopping.DONE;
        int next = switch (actor) {
            case BACK_ROOM -> backRoom.act(time);
            case ENTRANCE -> entrance.next();
            case ADVERTISING -> advertising.act(time);
            default -> shopping.act(visits.get(actor - FIRST_VISITOR), time);
        };
        if (next != Shopping.DONE) {
            eventQueue.postpone(next);
        } else {
            eventQueue.remove();
            if (actor >= FIRST_VISITOR) {
                leave(actor - FIRST_VISITOR);
            }
        }
        add(entering == Shopping.DONE ? Shopping.DONE : time, entering);
    }

    /**
     * Lets a visitor enter.
     *
     * @return the visitor's actor
     */
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
