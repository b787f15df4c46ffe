package io.freshet.retail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The hours in which events of a type can happen in a store on a day. The simulation decides whether an event happens.
 *
 * @param from the first moment
 * @param to the last moment
 */
public record EventHours(Instant from, Instant to) {

    /**
     * Returns the hours of the day that a moment falls on in the store's zone.
     *
     * @return the hours; empty if the store is closed on that day
     */
    public static Optional<EventHours> on(Chain chain, Store store, EventType type, Instant moment) {
        LocalDate date = LocalDate.ofInstant(moment, chain.regionOf(store).zone());
        if (!chain.calendar().isOpen(date)) {
            return Optional.empty();
        }
        Parameters.Hours hours = chain.calendar().hours(chain.sizeOf(store), date);
        int opening = hours.open().toSecondOfDay() * 1000;
        int closing = hours.close().toSecondOfDay() * 1000;
        int truck = BackRoom.firstArrival(chain, store);
        return Optional.of(switch (type) {
            case STORE_OPENED -> of(chain, store, date, opening, opening);
            case STORE_CLOSED -> of(chain, store, date, closing, closing);
            case TRUCK_ARRIVED -> of(chain, store, date, truck, truck + BackRoom.MAX_DELAY);
            case TRUCK_DEPARTED -> of(chain, store, date, truck, truck + BackRoom.MAX_DELIVERY);
            case INVENTORY_UPDATED ->
                of(chain, store, date, Math.min(opening, truck), closing + BackRoom.LONGEST_LOSSES);
            case REORDER_TRIGGERED -> of(chain, store, date, opening, closing + BackRoom.MAX_REVIEW);
            case AD_IMPRESSION -> of(chain, store, date, opening, closing - Advertising.BEFORE_CLOSING);
            default -> of(chain, store, date, opening, closing);
        });
    }

    private static EventHours of(Chain chain, Store store, LocalDate date, int from, int to) {
        long noon = date.atTime(LocalTime.NOON).atZone(chain.regionOf(store).zone()).toInstant().toEpochMilli();
        long begin = noon - DayPlan.NOON;
        return new EventHours(Instant.ofEpochMilli(begin + from), Instant.ofEpochMilli(begin + to));
    }

    /** Returns whether an event can happen within the same second as a moment. */
    public boolean contains(Instant moment) {
        long second = moment.getEpochSecond();
        return second >= from.getEpochSecond() && second <= to.getEpochSecond();
    }
}
