package io.freshet.source.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.source.chaos.ChaosSettings.Phase;
import io.freshet.source.pattern.PatternSource;

class PhasedChaosTest {

    private static final ChaosSettings EVEN = new ChaosSettings(5, 0.02, 0.03, 0.02, 0.05, 0.02, 0.01, false);
    private static final ChaosSettings PHASED = EVEN
            .withPhases(List.of(new Phase(10_000, 1), new Phase(5_000, 0), new Phase(10_000, 4), new Phase(1, 0.5)));

    private record Seen(String text, @Nullable String label) {
    }

    private static List<Seen> read(ChaosSettings settings, long from, int records) {
        ChaosSource source = new ChaosSource(new PatternSource(3, 1000), settings);
        List<Seen> seen = new ArrayList<>();
        while (seen.size() < records) {
            int there = source.available(from + seen.size(), Math.min(137, records - seen.size()), Instant.EPOCH);
            JsonEventBuffer events = ((RecordBatch.Written) source.next(from + seen.size(), there, null)).events();
            for (int i = 0; i < events.size(); i++) {
                seen.add(new Seen(new String(events.bytes(), events.start(i), events.end(i) - events.start(i),
                        StandardCharsets.UTF_8), events.label(i)));
            }
        }
        return seen;
    }

    private static double shareOf(String label, List<Seen> records) {
        return records.stream().filter(each -> label.equals(each.label())).count() / (double) records.size();
    }

    @Test
    void theFactorOfAPhaseMultipliesTheSharesWhileItLasts() {
        List<Seen> seen = read(PHASED, 0, 35_000);

        assertThat(shareOf("corrupt", seen.subList(0, 10_000))).isCloseTo(0.02, within(0.005));
        assertThat(shareOf("corrupt", seen.subList(10_000, 15_000))).isZero();
        // a fifth of the records of this phase is dropped, so that those that are emitted have larger shares
        assertThat(shareOf("corrupt", seen.subList(15_000, 25_000))).isCloseTo(0.08 / 0.92, within(0.01));
        assertThat(shareOf("corrupt", seen.subList(25_000, 35_000))).isCloseTo(0.01, within(0.004));
    }

    @Test
    void thePhaseBeforeAFactorHasTheRecordsOfAStreamWithoutPhases() {
        assertThat(read(PHASED, 0, 9_990)).isEqualTo(read(EVEN, 0, 9_990));
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 9_999, 10_000, 10_001, 14_990, 15_100, 24_999, 30_000 })
    void startingAtAnyPositionGivesTheSameRecords(long from) {
        List<Seen> all = read(PHASED, 0, 35_000);

        assertThat(read(PHASED, from, 3_000)).isEqualTo(all.subList((int) from, (int) from + 3_000));
    }
}
