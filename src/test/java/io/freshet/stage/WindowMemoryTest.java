package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.freshet.event.FieldPath;

/** How many bytes the windows retain for very many keys. */
@Tag("heap")
class WindowMemoryTest {

    private static final int KEYS = 100_000;
    private static final long MAX_BYTES = 200L << 20;

    @Test
    void aHundredThousandKeysInSixPanesEachTakeLessThanTwoHundredMegabytes() {
        FieldPath value = FieldPath.of("value");
        List<Measure> measures = List.of(Measure.find("sum").orElseThrow(), Measure.find("mean").orElseThrow(),
                Measure.find("p99").orElseThrow());
        WindowSettings settings = new WindowSettings("w", FieldPath.of("key"),
                new Aggregation(List.of(new Aggregation.Field("value", value, measures))), KEYS, null);
        TimeWindow window = new TimeWindow(settings, null, new WindowTiming(60_000, 10_000, 0, 60_000, 0),
                (record, out) -> out.drop(record));
        StagePipeline chain = Stages.chain(window);
        long before = used();

        for (int pane = 0; pane < 6; pane++) {
            fill(chain, pane * 10_000L);
        }
        long after = used();

        assertThat(window.counts()).containsEntry("keys", (long) KEYS).containsEntry("without_room", 0L);
        // the aggregates need more than their numbers alone
        assertThat(after - before).isBetween(6L * KEYS * 40, MAX_BYTES);
        assertThat(window.open("key-7")).isNotEmpty();
    }

    /** Adds two records of each key to a pane. */
    private static void fill(StagePipeline chain, long start) {
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
