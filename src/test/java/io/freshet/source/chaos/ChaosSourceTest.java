package io.freshet.source.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.EventMix;
import io.freshet.retail.ParameterFile;
import io.freshet.source.Source;
import io.freshet.source.pattern.PatternSource;
import io.freshet.source.retail.RetailSource;

class ChaosSourceTest {

    private static final ChaosSettings SETTINGS = new ChaosSettings(5, 0.03, 0.04, 0.05, 0.06, 0.02, 0.01, false);
    private static final int RECORDS = 20_000;
    private static final Chain CHAIN = Chain.generate(ParameterFile.defaults(), new ChainSize(4, 200, 300, 1), 1);
    private static final Instant START = Instant.parse("2026-03-18T00:00:00Z");

    /** A record as a sink sees it. */
    private record Seen(String text, @Nullable String label, @Nullable String key) {
    }

    private static List<Seen> read(Source source, long from, int records) {
        List<Seen> seen = new ArrayList<>();
        RecordBatch reuse = null;
        while (seen.size() < records) {
            int there = source.available(from + seen.size(), Math.min(137, records - seen.size()), START);
            if (there == 0 && source.isExhausted()) {
                return seen;
            }
            RecordBatch.Written batch = (RecordBatch.Written) source.next(from + seen.size(), there, reuse);
            JsonEventBuffer events = batch.events();
            for (int i = 0; i < events.size(); i++) {
                byte[] key = events.key(i);
                seen.add(new Seen(new String(events.bytes(), events.start(i), events.end(i) - events.start(i),
                        StandardCharsets.UTF_8), events.label(i),
                        key == null ? null : new String(key, StandardCharsets.UTF_8)));
            }
            reuse = batch;
        }
        return seen;
    }

    private static Source pattern() {
        return new PatternSource(3, 1000);
    }

    private static long sequence(Seen seen) {
        String text = seen.text();
        int at = text.indexOf("\"sequence\":") + 11;
        return Long.parseLong(text.substring(at, text.indexOf(',', at)));
    }

    private static String kind(@Nullable String label) {
        return label == null ? "none" : label.startsWith("gap:") ? "gap" : label;
    }

    @Test
    void eachFaultHasItsShareAndMatchesItsLabel() {
        List<Seen> seen = read(new ChaosSource(pattern(), SETTINGS), 0, RECORDS);
        Map<String, Integer> labels = new HashMap<>();
        Set<Long> come = new HashSet<>();
        long latest = -1;
        long missing = 0;
        for (Seen record : seen) {
            labels.merge(kind(record.label()), 1, Integer::sum);
            switch (kind(record.label())) {
                case "none", "gap" -> {
                    assertThat(sequence(record)).isGreaterThan(latest);
                    latest = sequence(record);
                    come.add(latest);
                    missing += record.label() == null ? 0 : Integer.parseInt(record.label().substring(4));
                }
                case "late" -> assertThat(latest - sequence(record)).isBetween(50L, 2_001L);
                case "out_of_order" -> assertThat(latest - sequence(record)).isBetween(-10L, 17L);
                case "duplicate" -> assertThat(come).contains(sequence(record));
                case "corrupt" -> assertThat(record.text()).startsWith("{").doesNotEndWith("}");
                default -> assertThat(record.text()).startsWith("{\"id_v2\":\"evt-");
            }
        }

        double all = latest;
        assertThat(labels.get("late") / all).isCloseTo(0.03, within(0.005));
        assertThat(labels.get("duplicate") / all).isCloseTo(0.04, within(0.005));
        assertThat(labels.get("out_of_order") / all).isCloseTo(0.05, within(0.005));
        assertThat(labels.get("corrupt") / all).isCloseTo(0.02, within(0.005));
        assertThat(labels.get("schema_drift") / all).isCloseTo(0.01, within(0.005));
        assertThat(missing / all).isCloseTo(0.06, within(0.005));
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 100, 999, 1_000, 7_123, 15_000 })
    void startingAtAnyPositionGivesTheSameRecords(long from) {
        List<Seen> all = read(new ChaosSource(pattern(), SETTINGS), 0, RECORDS);

        assertThat(read(new ChaosSource(pattern(), SETTINGS), from, 3_000))
                .isEqualTo(all.subList((int) from, (int) from + 3_000));
    }

    @ParameterizedTest
    @ValueSource(longs = { 5, 3_000, 20_000 })
    void aFiniteSourceCanResumeNearItsEnd(long beforeEnd) {
        List<Seen> all = read(new ChaosSource(day(Optional.empty()), SETTINGS), 0, Integer.MAX_VALUE);
        assertThat(all).hasSizeGreaterThan(30_000)
                .allMatch(record -> record.key() != null && record.key().startsWith("store_"));
        long from = all.size() - beforeEnd;

        assertThat(read(new ChaosSource(day(Optional.empty()), SETTINGS), from, Integer.MAX_VALUE))
                .isEqualTo(all.subList((int) from, all.size()));
    }

    @Test
    void aBookmarkFindsAPositionInASourceThatCannotCount() {
        ChaosSource first = new ChaosSource(day(Optional.empty()), SETTINGS);
        List<Seen> all = read(first, 0, 30_000);
        String bookmark = first.bookmark(25_000).orElseThrow();
        assertThat(Long.parseLong(bookmark.split("@", 2)[0])).isBetween(15_000L, 25_000L);

        assertThat(read(new ChaosSource(day(Optional.of(bookmark)), SETTINGS), 25_000, 5_000))
                .isEqualTo(all.subList(25_000, 30_000));
    }

    private static Source day(Optional<String> bookmark) {
        return new RetailSource(() -> new RetailSource.Setting(CHAIN, EventMix.ALL), new RetailSource.Settings(0, 1, START,
                Optional.of(START.plus(Duration.ofDays(1))), Double.POSITIVE_INFINITY, Duration.ofSeconds(1), false), bookmark);
    }

    @Test
    void labelsBecomeFieldsOnRequest() {
        ChaosSource source = new ChaosSource(pattern(), new ChaosSettings(1, 0.1, 0.1, 0.1, 0.1, 0, 0.1, true));

        List<Seen> records = read(source, 0, 1_000);
        assertThat(records).allMatch(record -> record.label() == null
                ? !record.text().contains("_chaos")
                : record.text().endsWith(",\"_chaos\":\"" + record.label() + "\"}"));
        assertThat(records).extracting(Seen::label).contains("schema_drift", "gap:1", "late", "duplicate");
    }

    @Test
    void rejectsSharesThatAreTooHigh() {
        assertThatThrownBy(() -> new ChaosSettings(0, 0.5, 0.5, 0, 0, 0, 0, false)).hasMessageContaining("0.9");
        assertThatThrownBy(() -> new ChaosSettings(0, -0.1, 0, 0, 0, 0, 0, false)).hasMessageContaining("negative");
    }
}
