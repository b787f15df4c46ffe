package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class EventHoursTest {

    private static final Chain CHAIN = Chains.small(5);
    private static final Instant NOON = Instant.parse("2026-03-18T11:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-03-18T02:00:00Z");

    @Test
    void everyEventHappensWhenItMay() {
        LocalDate monday = LocalDate.of(2026, 3, 23);
        Set<EventType> seen = EnumSet.noneOf(EventType.class);
        // a week that includes the change to daylight saving time
        for (RetailEvent event : Chains.events(CHAIN, Chains.begin(monday), Chains.begin(monday.plusDays(7)))) {
            Instant at = Instant.ofEpochMilli(event.time());
            assertThat(EventHours.on(CHAIN, event.store(), event.type(), at))
                    .hasValueSatisfying(hours -> assertThat(hours.contains(at)).as("%s at %s", event.type(), at).isTrue());
            seen.add(event.type());
        }
        assertThat(seen).hasSize(15);
    }

    @Test
    void nobodyBuysAtNightOrOnAHoliday() {
        Store store = CHAIN.data().stores().get(0);

        assertThat(EventHours.on(CHAIN, store, EventType.RECEIPT_CREATED, NOON).orElseThrow().contains(NOON)).isTrue();
        assertThat(EventHours.on(CHAIN, store, EventType.RECEIPT_CREATED, NIGHT).orElseThrow().contains(NIGHT)).isFalse();
        assertThat(EventHours.on(CHAIN, store, EventType.STORE_OPENED, NOON).orElseThrow().contains(NOON)).isFalse();
        assertThat(EventHours.on(CHAIN, store, EventType.TRUCK_ARRIVED, Instant.parse("2026-12-25T05:00:00Z"))).isEmpty();
    }

    @Test
    void mixedEventsAreTheFirstOfTheirTypesFromAMomentOn() {
        Store store = CHAIN.data().stores().get(2);

        List<RetailEvent> events = EventSearch.mixed(CHAIN, store,
                Map.of(EventType.RECEIPT_CREATED, 1.0, EventType.CUSTOMER_ENTERED, 1.0), NOON, 40);

        assertThat(events).hasSize(40).allSatisfy(event -> {
            assertThat(event.store()).isEqualTo(store);
            assertThat(event.time()).isGreaterThanOrEqualTo(NOON.toEpochMilli());
            assertThat(event.type()).isIn(EventType.RECEIPT_CREATED, EventType.CUSTOMER_ENTERED);
        });
        assertThat(events).isSortedAccordingTo((one, other) -> Long.compare(one.time(), other.time()));
        assertThat(EventSearch.mixed(CHAIN, store, Map.of(), NOON, 7)).hasSize(7);
    }
}
