package io.freshet.source.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.EventMix;
import io.freshet.retail.EventType;
import io.freshet.retail.ParameterFile;
import io.freshet.retail.RetailEvent;
import io.freshet.retail.RetailSimulation;

class RetailSourceTest {

    private static final Chain CHAIN = Chain.generate(ParameterFile.defaults(), new ChainSize(6, 400, 300, 1), 8);
    private static final Instant NOON = Instant.parse("2026-03-18T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** The maximum number of milliseconds by which an event was emitted before its time. */
    private long newest = Long.MIN_VALUE;

    private static RetailSource source(Instant start, @Nullable Instant end, double speed, EventMix eventMix,
            Optional<String> bookmark) {
        return new RetailSource(() -> new RetailSource.Setting(CHAIN, eventMix),
                new RetailSource.Settings(0, 1, start, Optional.ofNullable(end), speed, PATIENCE, false), bookmark);
    }

    /** Returns the records that are emitted while time passes, in batches of a limited size. */
    private List<String> run(RetailSource source, long position, Instant from, Instant to, Duration step, int wanted) {
        List<String> texts = new ArrayList<>();
        for (Instant now = from; now.isBefore(to) && !source.isExhausted(); now = now.plus(step)) {
            int there = source.available(position + texts.size(), wanted, now);
            assertThat(there).isLessThanOrEqualTo(wanted);
            while (there > 0) {
                RecordBatch.Written batch = (RecordBatch.Written) source.next(position + texts.size(), there, null);
                newest = Math.max(newest, batch.events().time(batch.size() - 1) - now.toEpochMilli());
                add(batch, texts);
                there = source.available(position + texts.size(), wanted, now);
            }
        }
        return texts;
    }

    private static void add(RecordBatch.Written batch, List<String> texts) {
        JsonEventBuffer events = batch.events();
        for (int i = 0; i < events.size(); i++) {
            texts.add(new String(events.bytes(), events.start(i), events.end(i) - events.start(i), StandardCharsets.UTF_8));
        }
    }

    private static List<String> simulated(Instant from, Instant to, EventMix eventMix) {
        JsonEventBuffer written = JsonEventBuffer.create();
        List<String> texts = new ArrayList<>();
        RetailSimulation simulation = RetailSimulation.of(CHAIN, from);
        while (simulation.nextTime() < to.toEpochMilli()) {
            RetailEvent event = simulation.next();
            if (eventMix.has(event)) {
                written.clear();
                event.writeTo(written);
                texts.add(new String(written.bytes(), 0, written.end(0), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    @Test
    void thePastJoinsThePresentWithoutGapOrRepetition() {
        Instant start = NOON.minus(Duration.ofHours(30));
        Instant end = NOON.plus(Duration.ofMinutes(90));
        RetailSource source = source(start, null, 1, EventMix.ALL, Optional.empty());

        List<String> told = run(source, 0, NOON, end.plus(PATIENCE).plus(PATIENCE), Duration.ofMillis(777), 256);

        List<String> all = simulated(start, end, EventMix.ALL);
        assertThat(told.subList(0, all.size())).isEqualTo(all);
        assertThat(told.size() - all.size()).isLessThan(100);
        assertThat(newest).as("nothing is told before it happens").isBetween(-1_777L, 0L);
    }

    @Test
    void shardsTellAllEventsUnderIdsThatDoNotDependOnTheShard() {
        Instant end = NOON.plus(Duration.ofMinutes(20));
        List<String> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int shard = 0; shard < 3; shard++) {
            RetailSource source = new RetailSource(() -> new RetailSource.Setting(CHAIN, EventMix.ALL),
                    new RetailSource.Settings(shard, 3, NOON, Optional.of(end), UNLIMITED, PATIENCE, true), Optional.empty());
            int there = source.available(0, Integer.MAX_VALUE, end.plus(PATIENCE));
            RecordBatch.Written batch = (RecordBatch.Written) source.next(0, there, null);
            add(batch, all);
            for (int i = 0; i < there; i++) {
                String id = String.valueOf(batch.events().id(i));
                assertThat(all.get(all.size() - there + i)).contains("\"" + id + "\"");
                ids.add(id);
            }
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(simulated(NOON, end, EventMix.ALL));
        assertThat(ids).hasSameSizeAs(all);
    }

    @Test
    void eventsAreAvailableWithinASecond() {
        RetailSource source = source(NOON, null, 1, EventMix.ALL, Optional.empty());
        long position = 0;
        long oldest = Long.MAX_VALUE;
        for (Instant now = NOON; now.isBefore(NOON.plusSeconds(1200)); now = now.plusMillis(10)) {
            int there = source.available(position, 256, now);
            if (there > 0) {
                RecordBatch.Written batch = (RecordBatch.Written) source.next(position, there, null);
                oldest = Math.min(oldest, batch.events().time(0) - now.toEpochMilli());
                position += batch.size();
            }
        }
        assertThat(position).isGreaterThan(300);
        assertThat(oldest).isBetween(-1_010L, -990L);
    }

    @Test
    void theSpeedIsAFactorOfRealTime() {
        RetailSource source = source(NOON, null, 60, EventMix.ALL, Optional.empty());

        List<String> told = run(source, 0, NOON, NOON.plusSeconds(60), Duration.ofMillis(10), 256);

        int hour = simulated(NOON, NOON.plus(Duration.ofHours(1)), EventMix.ALL).size();
        int minute = hour / 60;
        assertThat(told.size()).isBetween(hour - 2 * minute - 256, hour + 1);
        assertThat(told).isEqualTo(simulated(NOON, NOON.plus(Duration.ofHours(1)), EventMix.ALL).subList(0, told.size()));
    }

    @Test
    void emitsTheSameEventsAtAnySpeedAndInAnyBatches() {
        Instant end = NOON.plusSeconds(900);

        assertThat(run(source(NOON, end, UNLIMITED, EventMix.ALL, Optional.empty()), 0, end, end.plusSeconds(60), PATIENCE, 7))
                .isEqualTo(
                        run(source(NOON, end, 1, EventMix.ALL, Optional.empty()), 0, NOON, end.plusSeconds(3), PATIENCE, 256))
                .isEqualTo(simulated(NOON, end, EventMix.ALL));
    }

    @Test
    void resumesAtAnyPositionFromTheBookmarkOfAnother() {
        EventMix eventMix = EventMix.of(CHAIN,
                new EnumMap<>(Map.of(EventType.BLE_PING_DETECTED, 0.5, EventType.CUSTOMER_ENTERED, 0.5)));
        Instant end = NOON.plus(Duration.ofHours(6));
        RetailSource first = source(NOON, end, UNLIMITED, eventMix, Optional.empty());
        List<String> all = run(first, 0, end, end.plusSeconds(10), PATIENCE, 256);
        long position = all.size() * 2L / 3;
        Optional<String> bookmark = first.bookmark(position);
        assertThat(Long.parseLong(bookmark.orElseThrow().split("@", 2)[0])).isBetween(position - 300, position);

        RetailSource second = source(NOON, end, UNLIMITED, eventMix, bookmark);

        assertThat(run(second, position, end, end.plusSeconds(10), PATIENCE, 256))
                .isEqualTo(all.subList((int) position, all.size()));
        assertThat(run(source(NOON, end, UNLIMITED, eventMix, Optional.empty()), position, end, end.plusSeconds(10), PATIENCE,
                256))
                .isEqualTo(all.subList((int) position, all.size()));
    }

    @Test
    void endsAtTheEndOfItsPeriod() {
        RetailSource source = source(NOON, NOON.plusSeconds(60), UNLIMITED, EventMix.ALL, Optional.empty());

        List<String> told = run(source, 0, NOON.plusSeconds(60), NOON.plusSeconds(600), PATIENCE, 256);

        assertThat(source.isExhausted()).isTrue();
        assertThat(told).isEqualTo(simulated(NOON, NOON.plusSeconds(60), EventMix.ALL)).isNotEmpty();
    }
}
