package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.event.FieldPath;
import io.freshet.event.ReadProgress;

class TimeWindowTest {

    private static final long BASE = 1_772_366_400_000L;

    private static Aggregation aggregation(String... measures) {
        List<Measure> wanted = java.util.Arrays.stream(measures).map(name -> Measure.find(name).orElseThrow()).toList();
        return new Aggregation(List.of(new Aggregation.Field("v", FieldPath.of("v"), wanted)));
    }

    private static WindowSettings settings(int maxKeys) {
        return new WindowSettings("w", FieldPath.of("k"), aggregation("sum", "min", "max", "variance"), maxKeys, null);
    }

    private static TimeWindow window(WindowTiming timing) {
        return new TimeWindow(settings(1000), null, timing, (record, out) -> out.drop(record));
    }

    private static StageRecord record(long position, long time, String key, double value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("k", key);
        fields.put("v", value);
        return StageRecord.of(position, time, fields);
    }

    /** Records that arrive mostly in order, some of them very late. */
    private static List<WindowOracle.Arrival> arrivals(long seed, int count) {
        Random random = new Random(seed);
        List<WindowOracle.Arrival> arrivals = new ArrayList<>();
        long time = BASE - 3_000;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(400) == 0 ? 90_000 : random.nextInt(700);
            long behind = random.nextInt(4) == 0 ? random.nextInt(30_000) : random.nextInt(300);
            arrivals.add(new WindowOracle.Arrival(time - behind, "key-" + random.nextInt(4), random.nextInt(2000) / 8.0 - 100));
        }
        return arrivals;
    }

    @ParameterizedTest
    @CsvSource({ "10000,10000,0,0,1", "10000,2000,5000,0,2", "60000,10000,5000,0,3", "6000,1000,20000,500,4",
            "1000,1000,0,3000,5",
            "9000,3000,7000,7000,6", "20000,4000,1000,0,7" })
    void windowsAreThoseOfANaiveOracleWhateverTheOrderAndAcrossARestart(long size, long slide, long grace, long delay,
            long seed) {
        WindowTiming timing = new WindowTiming(size, slide, grace, delay, 0);
        WindowOracle oracle = new WindowOracle(timing);
        StagePipeline chain = Stages.chain(window(timing));
        List<StageRecord> results = new ArrayList<>();
        List<WindowOracle.Arrival> arrivals = arrivals(seed, 1500);
        for (int i = 0; i < arrivals.size(); i++) {
            WindowOracle.Arrival arrival = arrivals.get(i);
            oracle.accept(arrival);
            results.addAll(chain
                    .process(List.of(record(i, arrival.time(), arrival.key(), arrival.value())), BASE).records());
            if (i % 400 == 399) {
                byte[] state = chain.state();
                chain = Stages.chain(window(timing));
                chain.restore(state);
            }
        }
        oracle.finish();
        results.addAll(chain.finish(BASE).records());

        assertThat(results.stream().map(StageRecord::id)).doesNotHaveDuplicates();
        assertThat(chain.statistics().get(0).counts()).containsEntry("too_late", oracle.tooLate);
        Comparator<WindowOracle.Expected> order = Comparator.comparing(WindowOracle.Expected::key)
                .thenComparing(WindowOracle.Expected::start).thenComparing(WindowOracle.Expected::revision);
        List<WindowOracle.Expected> expected = oracle.results.stream().sorted(order).toList();
        List<WindowOracle.Expected> actual = results.stream().map(TimeWindowTest::expected).sorted(order).toList();
        assertThat(actual).usingRecursiveFieldByFieldElementComparatorIgnoringFields("variance", "sum").isEqualTo(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).sum()).isCloseTo(expected.get(i).sum(), within(1e-6));
            assertThat(actual.get(i).variance()).isCloseTo(expected.get(i).variance(), within(1e-6));
        }
    }

    @SuppressWarnings("unchecked")
    private static WindowOracle.Expected expected(StageRecord record) {
        Map<String, @Nullable Object> fields = record.fields();
        Map<String, Double> values = (Map<String, Double>) fields.get("v");
        assertThat(values).isNotNull();
        return new WindowOracle.Expected((String) fields.get("key"),
                java.time.Instant.parse((String) fields.get("window_start")).toEpochMilli(),
                (int) (long) (Long) fields.get("revision"), (Long) fields.get("count"), values.get("sum"), values.get("min"),
                values.get("max"), values.get("variance"));
    }

    @Test
    void recordsThatAreTooLateGoToTheSide() {
        TimeWindow window = new TimeWindow(settings(10), null, new WindowTiming(1000, 1000, 500, 0, 0),
                (record, out) -> out.divert(record, List.of("late")));
        StagePipeline chain = Stages.chain(window, new Filter((fields, now) -> fields.containsKey("window")));

        Processed processed = chain.process(List.of(record(0, BASE, "a", 1), record(1, BASE + 1400, "a", 1),
                record(2, BASE + 10, "a", 2), record(3, BASE + 1600, "a", 1), record(4, BASE + 20, "a", 3)), BASE);

        assertThat(processed.records()).hasSize(3);
        assertThat(processed.records().get(0).sinks()).containsExactly("late");
        assertThat(processed.records().get(0).position()).isEqualTo(4);
        assertThat(processed.records().subList(1, 3)).extracting(StageRecord::name)
                .containsExactly("w/a/" + BASE + "/0", "w/a/" + BASE + "/1");
        assertThat(window.counts()).containsEntry("late", 1L).containsEntry("too_late", 1L);
    }

    @Test
    void keysAreBoundedAndForgottenWithTheirLastWindow() {
        TimeWindow window = new TimeWindow(settings(2), null, new WindowTiming(1000, 1000, 0, 0, 0),
                (record, out) -> out.drop(record));
        StagePipeline chain = Stages.chain(window);

        List<StageRecord> results = chain.process(List.of(record(0, BASE, "a", 1), record(1, BASE, "b", 1),
                record(2, BASE, "c", 1), record(3, BASE, "d", 1), record(4, BASE, "a", 1), record(5, BASE + 1000, "c", 7)),
                BASE)
                .records();

        assertThat(results).extracting(record -> record.fields().get("key") + "=" + record.fields().get("count"))
                .containsExactly("a=2", "b=1", "_others=2");
        assertThat(window.open("c")).singleElement().satisfies(open -> assertThat(open.count()).isEqualTo(1));
        assertThat(window.counts()).containsEntry("keys", 1L).containsEntry("without_room", 2L);
    }

    private static List<StageRecord> silence(StagePipeline chain, long millis) {
        return chain.process(List.of(), BASE, 1000, new ReadProgress(Set.of(), millis)).records();
    }

    @Test
    void eventTimeGoesOnWithTheClockWhenTheSourceHasNothing() {
        StagePipeline chain = Stages.chain(window(new WindowTiming(1000, 1000, 0, 0, 5000)));
        chain.process(List.of(record(0, BASE, "a", 1)), BASE);

        assertThat(silence(chain, 4_999)).isEmpty();
        assertThat(silence(chain, 5_000)).hasSize(1);
        assertThat(silence(chain, 10_000)).isEmpty();
        chain.process(List.of(record(1, BASE + 10_000, "a", 1)), BASE);
        assertThat(silence(chain, 4_999)).isEmpty();
        assertThat(silence(chain, 5_000)).hasSize(1);
    }

    @Test
    void eventTimeGoesOnWithTheClockWhenTheSourceHasNothingAfterARestart() {
        StagePipeline before = Stages.chain(window(new WindowTiming(1000, 1000, 0, 0, 5000)));
        before.process(List.of(record(0, BASE, "a", 1)), BASE);
        StagePipeline chain = Stages.chain(window(new WindowTiming(1000, 1000, 0, 0, 5000)));
        chain.restore(before.state());

        assertThat(silence(chain, 0)).isEmpty();
        assertThat(silence(chain, 4_999)).isEmpty();
        assertThat(silence(chain, 5_000)).hasSize(1);
        assertThat(silence(chain, 20_000)).isEmpty();
    }

    @Test
    void countersOutliveARestart() {
        TimeWindow before = window(new WindowTiming(1000, 1000, 0, 0, 0));
        StageRecord odd = StageRecord.of(0, BASE, new LinkedHashMap<>(Map.of("v", "text")));
        Stages.chain(before).process(List.of(odd), BASE);

        TimeWindow after = window(new WindowTiming(1000, 1000, 0, 0, 0));
        after.restore(before.state());
        TimeWindow ofEarlierVersion = window(new WindowTiming(1000, 1000, 0, 0, 0));
        ofEarlierVersion.restore(Arrays.copyOf(before.state(), before.state().length - 2 * Long.BYTES));

        assertThat(after.counts()).containsEntry("without_key", 1L).containsEntry("not_numbers", 1L);
        assertThat(ofEarlierVersion.counts()).containsEntry("without_key", 0L).containsEntry("keys", 1L);
    }

    @Test
    void theWallClockAloneDoesNotMoveEventTime() {
        TimeWindow window = window(new WindowTiming(1000, 1000, 0, 0, 5000));
        StagePipeline chain = Stages.chain(window);
        chain.process(List.of(record(0, BASE, "a", 1)), BASE);

        // the process was suspended for an hour, and then its records arrive
        assertThat(chain.process(List.of(), BASE + 3_600_000).records()).isEmpty();
        chain.process(List.of(record(1, BASE + 100, "a", 1)), BASE + 3_600_000);

        assertThat(window.counts()).containsEntry("too_late", 0L);
    }

    @Test
    void resultsMayGoToSinksOfTheirOwnWhileRecordsGoOn() {
        WindowSettings apart = new WindowSettings("w", null, aggregation("mean"), 10, List.of("results"));
        StagePipeline chain = Stages.chain(new TimeWindow(apart, FieldPath.of("at"), new WindowTiming(1000, 1000, 0, 0, 0),
                (record, out) -> out.drop(record)));

        Processed processed = chain.process(List.of(Stages.record(0, "{'at': '2026-03-01T12:00:00Z', 'v': 2}"),
                Stages.record(1, "{'at': '2026-03-01T12:00:01Z', 'v': 4}"), Stages.record(2, "{'at': 'soon'}")), BASE);

        assertThat(processed.records()).extracting(record -> record.sinks() == null).containsExactly(false, true, true);
        assertThat(processed.records().get(0).fields()).containsEntry("v", Map.of("mean", 2.0)).containsEntry("rate", 1.0);
        assertThat(processed.rejected()).singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo("at is not a valid time"));
    }
}
