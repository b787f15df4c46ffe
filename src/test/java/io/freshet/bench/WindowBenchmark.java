package io.freshet.bench;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.freshet.event.FieldPath;
import io.freshet.stage.Aggregation;
import io.freshet.stage.Measure;
import io.freshet.stage.NamedStage;
import io.freshet.stage.OnError;
import io.freshet.stage.StagePipeline;
import io.freshet.stage.StageRecord;
import io.freshet.stage.TimeWindow;
import io.freshet.stage.WindowSettings;
import io.freshet.stage.WindowTiming;

/**
 * Nanoseconds per record in windows of a minute, a new one every ten seconds, by key: {@code panes} as they are,
 * {@code everyWindow} with each record counted in all six windows it is in.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WindowBenchmark {

    private static final int RECORDS = 1_000;
    private static final long SIZE = 60_000;
    private static final long SLIDE = 10_000;

    @Param({ "100", "100000" })
    int keys;

    private final Map<Long, Map<String, double[]>> windows = new HashMap<>();
    private String[] names = {};
    private StagePipeline chain = new StagePipeline(List.of(), () -> 0);
    private long position;

    @Setup
    public void prepare() {
        names = new String[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = "key-" + i;
        }
        List<Measure> measures = List.of(Measure.find("sum").orElseThrow(), Measure.find("max").orElseThrow());
        WindowSettings settings = new WindowSettings("w", FieldPath.of("k"),
                new Aggregation(List.of(new Aggregation.Field("v", FieldPath.of("v"), measures))), keys + 1, null);
        TimeWindow window = new TimeWindow(settings, null, new WindowTiming(SIZE, SLIDE, 0, 0, 0),
                (record, out) -> out.drop(record));
        chain = new StagePipeline(List.of(new NamedStage("w", "window", window, OnError.DROP)), () -> 0);
    }

    private StageRecord next() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(4);
        fields.put("k", names[(int) (position * 0x9e3779b97f4a7c15L >>> 33) % keys]);
        fields.put("v", (double) (position % 997));
        // a hundred thousand records a second
        return StageRecord.of(position, position++ / 100, fields);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int panes() {
        int results = 0;
        List<StageRecord> records = new java.util.ArrayList<>(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            records.add(next());
        }
        results += chain.process(records, 0).records().size();
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int everyWindow() {
        int results = 0;
        for (int i = 0; i < RECORDS; i++) {
            StageRecord record = next();
            long last = Math.floorDiv(record.time(), SLIDE) * SLIDE;
            for (long start = last; start > last - SIZE; start -= SLIDE) {
                double[] sums = windows.computeIfAbsent(start, each -> new HashMap<>())
                        .computeIfAbsent(String.valueOf(record.fields().get("k")), each -> new double[3]);
                double value = record.fields().get("v") instanceof Double number ? number : 0;
                sums[0]++;
                sums[1] += value;
                sums[2] = Math.max(sums[2], value);
            }
            Map<String, double[]> ended = windows.remove(last - SIZE);
            results += ended == null ? 0 : ended.size();
        }
        return results;
    }
}
