package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetailInvariantsTest {

    @ParameterizedTest
    @CsvSource({ "1, 2026-03-25, 9", "2, 2026-10-20, 8", "3, 2025-12-18, 16", "4, 2024-02-26, 5", "5, 2026-04-01, 8",
            "6, 1999-12-27, 8", "7, 2031-07-30, 6", "-8, 2026-11-20, 9" })
    void everyFactFitsThoseBefore(long seed, LocalDate day, int days) {
        Chain chain = Chains.small(seed);
        Audit audit = new Audit(chain);

        audit.read(Chains.events(chain, Chains.begin(day), Chains.begin(day.plusDays(days))));

        assertThat(audit.counts.keySet()).containsExactlyInAnyOrderElementsOf(Arrays.asList(EventType.values()));
        assertThat(audit.closedBills).isGreaterThan(1000).isEqualTo(audit.counts.get(EventType.RECEIPT_CREATED));
    }

    @Test
    void nothingHappensOnDaysWhenAllIsClosed() {
        Chain chain = Chains.small(1);
        LocalDate christmas = LocalDate.of(2026, 12, 25);

        assertThat(Chains.events(chain, Chains.begin(christmas), Chains.begin(christmas.plusDays(2)))).isEmpty();
    }

    @Test
    void everyTruckIsAtOneStoreAtATime() {
        Chain chain = Chains.of(new ChainSize(40, 0, 400, 2), 5);
        LocalDate day = LocalDate.of(2026, 3, 18);
        java.util.Map<String, Integer> where = new java.util.HashMap<>();

        for (RetailEvent event : Chains.events(chain, Chains.begin(day), Chains.begin(day.plusDays(1)))) {
            if (event.payload() instanceof TruckArrived truck) {
                assertThat(where.put(truck.truck().toString(), event.store().number())).isNull();
            } else if (event.payload() instanceof TruckDeparted truck) {
                assertThat(where.remove(truck.truck().toString())).isEqualTo(event.store().number());
            }
        }
        assertThat(where).isEmpty();
    }

    @Test
    void weeklyReviewFillsEverythingUp() {
        Chain chain = Chains.small(9);
        Store store = chain.data().stores().get(0);
        LocalDate day = LocalDate.of(2026, 3, 18);
        java.util.Map<Integer, Integer> stock = new java.util.HashMap<>();
        RetailSimulation simulation = RetailSimulation.ofStore(chain, store, Chains.begin(day));
        Assortment assortment = chain.assortment(store.size());
        Parameters.Visits visits = chain.parameters().visits();
        Shelves shelves = new Shelves(assortment, chain.parameters().stock(),
                chain.ordinaryVisits(store) * visits.buying() * visits.meanLines()
                        * chain.parameters().sizes().get(store.size()).basket());
        long before = 0;
        int full = 0;

        for (RetailEvent event : Chains.until(simulation, Chains.begin(day.plusDays(30)))) {
            if (event.payload() instanceof InventoryUpdated update) {
                stock.put(update.product(), update.onHand());
            } else if (event.payload() instanceof StoreOpened) {
                if (before > 0 && BackRoom.isReviewed(store, before)) {
                    stock.forEach((product, onHand) -> assertThat(onHand).isEqualTo(
                            shelves.level(assortment.slotOf(chain.data().products().get(product - 1)))));
                    full++;
                }
                before = event.number() / RetailEvent.FIRST_OF_DAY;
            }
        }
        // one of the mornings after a review is a holiday, so its truck comes the day after
        assertThat(full).isEqualTo(4);
    }
}
