package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.event.JsonEventBuffer;

class RetailDeterminismTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 18);

    @Test
    void givesTheSameBytesEverywhere() throws NoSuchAlgorithmException {
        Chain chain = Chains.small(42);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        texts(Chains.events(chain, Chains.begin(DAY), Chains.begin(DAY.plusDays(1)))).forEach(text -> {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        });

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("4119686632a816a3cafca1dec33fd40d5d57c5e5e27b573fb517808c44e6a947");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 7, 10, 12, 19 })
    void beginningAtAnyDayChangesNothing(int later) {
        Chain chain = Chains.small(11);
        Instant start = Chains.begin(DAY.plusDays(later)).plus(Duration.ofMinutes(617));
        Instant end = start.plus(Duration.ofHours(30));

        List<RetailEvent> fromEarlier = Chains.events(chain, Chains.begin(DAY), end).stream()
                .filter(event -> event.time() >= start.toEpochMilli()).toList();

        assertThat(texts(Chains.events(chain, start, end))).isEqualTo(texts(fromEarlier));
    }

    @Test
    void beginningAfterHolidaysChangesNothing() {
        Chain chain = Chains.small(12);
        LocalDate newYear = LocalDate.of(2027, 1, 2);

        List<RetailEvent> fromEarlier = Chains.events(chain, Chains.begin(newYear.minusDays(20)),
                Chains.begin(newYear.plusDays(2))).stream()
                .filter(event -> event.time() >= Chains.begin(newYear).toEpochMilli())
                .toList();

        assertThat(texts(Chains.events(chain, Chains.begin(newYear), Chains.begin(newYear.plusDays(2)))))
                .isEqualTo(texts(fromEarlier));
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3, 7 })
    void shardsGiveTheSameEventsOfTheirStores(int shards) {
        Chain chain = Chains.small(13);
        Instant end = Chains.begin(DAY.plusDays(1));
        List<RetailEvent> parts = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            parts.addAll(Chains.until(RetailSimulation.of(chain, shard, shards, Chains.begin(DAY)), end));
        }
        parts.sort(Comparator.comparingLong(RetailEvent::time).thenComparing(event -> event.store().number())
                .thenComparing(RetailEvent::number));

        assertThat(texts(parts)).isEqualTo(texts(Chains.events(chain, Chains.begin(DAY), end)));
    }

    @Test
    void aSimulationCanGoBack() {
        Chain chain = Chains.small(14);
        Instant noon = Chains.begin(DAY).plus(Duration.ofHours(12));
        RetailSimulation simulation = RetailSimulation.of(chain, noon);
        List<String> first = texts(Chains.until(simulation, noon.plus(Duration.ofHours(2))));

        simulation.seek(noon);

        assertThat(texts(Chains.until(simulation, noon.plus(Duration.ofHours(2))))).isEqualTo(first);
    }

    @Test
    void anotherSeedIsAnotherChain() {
        assertThat(texts(Chains.events(Chains.small(1), Chains.begin(DAY), Chains.begin(DAY.plusDays(1)))))
                .isNotEqualTo(texts(Chains.events(Chains.small(2), Chains.begin(DAY), Chains.begin(DAY.plusDays(1)))));
    }

    @Test
    void tenMillionCustomersTakeNoMemory() {
        Chain chain = Chains.of(new ChainSize(5_000, 10_000_000, 5_000, 60), 3);

        Customer customer = chain.data().customers().get(9_999_999);

        assertThat(customer.home()).isEqualTo(4_999);
        assertThat(customer).isEqualTo(chain.data().customers().get(9_999_999));
        Customers customers = chain.data().customers();
        assertThat(customers.firstOf(4_999) + customers.countOf(4_999)).isEqualTo(10_000_000);
    }

    static List<String> texts(List<RetailEvent> events) {
        JsonEventBuffer written = JsonEventBuffer.create();
        List<String> texts = new ArrayList<>();
        for (RetailEvent event : events) {
            written.clear();
            event.writeTo(written);
            texts.add(new String(written.bytes(), 0, written.end(0), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
