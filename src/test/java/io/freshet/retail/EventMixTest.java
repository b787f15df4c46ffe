package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class EventMixTest {

    private static final Chain CHAIN = Chains.small(31);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 17);
    private static final List<RetailEvent> EVENTS = Chains.events(CHAIN, Chains.begin(DAY), Chains.begin(DAY.plusDays(4)));

    private static List<RetailEvent> kept(Map<EventType, Double> weights) {
        EventMix eventMix = EventMix.of(CHAIN, weights);
        return EVENTS.stream().filter(eventMix::has).toList();
    }

    private static Map<EventType, Integer> counts(List<RetailEvent> events) {
        Map<EventType, Integer> counts = new EnumMap<>(EventType.class);
        events.forEach(event -> counts.merge(event.type(), 1, Integer::sum));
        return counts;
    }

    @Test
    void withoutWeightsThereIsEverything() {
        assertThat(kept(Map.of())).isEqualTo(EVENTS);
    }

    @Test
    void typesThatAreNotBoundToOthersComeAsOftenAsTheirWeightsSay() {
        Map<EventType, Integer> counts = counts(kept(Map.of(EventType.RECEIPT_CREATED, 0.3, EventType.BLE_PING_DETECTED, 0.5,
                EventType.INVENTORY_UPDATED, 0.2)));
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();

        assertThat(counts).containsOnlyKeys(EventType.RECEIPT_CREATED, EventType.BLE_PING_DETECTED,
                EventType.INVENTORY_UPDATED);
        assertThat(counts.get(EventType.RECEIPT_CREATED) / all).isCloseTo(0.3, within(0.05));
        assertThat(counts.get(EventType.BLE_PING_DETECTED) / all).isCloseTo(0.5, within(0.05));
        assertThat(counts.get(EventType.INVENTORY_UPDATED) / all).isCloseTo(0.2, within(0.05));
    }

    @Test
    void receiptsThatThereAreHaveAllTheirLinesAndPayments() {
        Map<Object, Integer> lines = new HashMap<>();
        Map<Object, Integer> paid = new HashMap<>();
        Set<Object> receipts = new HashSet<>();
        for (RetailEvent event : kept(Map.of(EventType.RECEIPT_CREATED, 0.01, EventType.RECEIPT_LINE_ADDED, 0.1,
                EventType.PAYMENT_PROCESSED, 0.01, EventType.BLE_PING_DETECTED, 0.9))) {
            if (event.payload() instanceof ReceiptCreated receipt) {
                receipts.add(receipt.receipt());
                lines.put(receipt.receipt(), -receipt.lines());
                paid.put(receipt.receipt(), -receipt.totalCents());
            } else if (event.payload() instanceof ReceiptLineAdded line) {
                lines.merge(line.receipt(), 1, Integer::sum);
            } else if (event.payload() instanceof PaymentProcessed payment) {
                paid.merge(payment.receipt(), payment.amountCents(), Integer::sum);
            }
        }

        assertThat(receipts.size()).isBetween(50, counts(EVENTS).get(EventType.RECEIPT_CREATED) / 2);
        assertThat(lines.values()).containsOnly(0);
        assertThat(paid.values()).containsOnly(0);
    }

    @Test
    void pingsAreOfVisitsThatWereSeenToBegin() {
        Set<Object> visits = new HashSet<>();
        for (RetailEvent event : kept(Map.of(EventType.CUSTOMER_ENTERED, 0.01, EventType.CUSTOMER_ZONE_CHANGED, 0.02,
                EventType.BLE_PING_DETECTED, 0.5, EventType.STORE_OPENED, 0.5))) {
            if (event.payload() instanceof CustomerEntered entered) {
                visits.add(entered.visit());
            } else if (event.payload() instanceof BlePingDetected ping) {
                assertThat(visits).contains(ping.visit());
            }
        }
        assertThat(visits).isNotEmpty();
    }

    @Test
    void theStockOfAProductIsToldWholeOrNotAtAll() {
        Map<Long, Integer> stock = new HashMap<>();
        for (RetailEvent event : kept(Map.of(EventType.INVENTORY_UPDATED, 0.1, EventType.RECEIPT_CREATED, 0.9))) {
            if (event.payload() instanceof InventoryUpdated update) {
                Integer before = stock.put((long) event.store().number() << 32 | update.product(), update.onHand());
                assertThat(before == null || before + update.change() == update.onHand()).isTrue();
            }
        }
        assertThat(stock).hasSizeGreaterThan(20);
    }
}
