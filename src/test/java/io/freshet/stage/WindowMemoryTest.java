package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.event.FieldPath;

/** What the windows of very many keys keep from the garbage collector. */
class WindowMemoryTest {

    private static final int KEYS = 100_000;
    private static final long MOST_BYTES = 200L << 20;

    @Test
    void aHundredThousandKeysInSixPanesEachTakeLessThanTwoHundredMegabytes() {
        FieldPath value = FieldPath.of("value");
        List<Measure> measures = List.of(Measure.find("sum").orElseThrow(), Measure.find("mean").orElseThrow(),
                Measure.find("p99").orElseThrow());
        WindowSettings settings = new WindowSettings("w", FieldPath.of("key"),
                new Aggregation(List.of(new Aggregation.Field("value", value, measures))), KEYS, null);
        TimeWindow window = new TimeWindow(settings, null, new WindowTiming(60_000, 10_000, 0, 60_000, 0),
                (record, out) -> out.drop(record));
        StageChain chain = Stages.chain(window);
        long before = used();

        for (int pane = 0; pane < 6; pane++) {
            fill(chain, pane * 10_000L);
        }
        long after = used();

        assertThat(window.counts()).containsEntry("keys", (long) KEYS).containsEntry("without_room", 0L);
        // more than their numbers alone
        assertThat(after - before).isBetween(6L * KEYS * 40, MOST_BYTES);
        assertThat(window.open("key-7")).isNotEmpty();
    }

    /** Two records of each key in a pane. */
    private static void fill(StageChain chain, long start) {
        for (int i = 0; i < 2 * KEYS; i++) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("key", "key-" + i % KEYS);
            fields.put("value", i * 31 % 1000 / 10.0);
            chain.process(List.of(StageRecord.of(i, start + i % 10_000, fields)), 0);
        }
    }

    private static long used() {
        return LongStream.range(0, 5).map(look -> {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }).min().orElseThrow();
    }
}
