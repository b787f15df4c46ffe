package io.freshet.bench;

import java.util.ArrayList;
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

import io.freshet.codec.FieldMaps;
import io.freshet.codec.RecordBatch;
import io.freshet.event.FieldPath;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stage.Aggregation;
import io.freshet.stage.Comparison;
import io.freshet.stage.Expect;
import io.freshet.stage.Filter;
import io.freshet.stage.Measure;
import io.freshet.stage.NamedStage;
import io.freshet.stage.OnError;
import io.freshet.stage.Operation;
import io.freshet.stage.Operator;
import io.freshet.stage.Processed;
import io.freshet.stage.Stage;
import io.freshet.stage.StagePipeline;
import io.freshet.stage.StageRecord;
import io.freshet.stage.TimeWindow;
import io.freshet.stage.Transform;
import io.freshet.stage.WindowSettings;
import io.freshet.stage.WindowTiming;

/**
 * Nanoseconds per record of filter → transform → window by key (sliding) → checkpoint, from rows in memory: {@code stages}
 * is to be at most 10,000. {@code maps} is the part of it that makes maps of rows; a window ten times as long is to cost no
 * more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StageBenchmark {

    private static final int RECORDS = 1_000;

    @Param({ "60000", "600000" })
    long size;

    private final PatternSource source = new PatternSource(1, RECORDS);
    private StagePipeline chain = new StagePipeline(List.of(), System::nanoTime);
    private @Nullable RecordBatch batch;
    private long position;

    @Setup
    public void prepare() {
        FieldPath value = FieldPath.of("value");
        List<Measure> measures = List.of(Measure.find("sum").orElseThrow(), Measure.find("mean").orElseThrow(),
                Measure.find("p99").orElseThrow());
        WindowSettings settings = new WindowSettings("w", FieldPath.of("user_id"),
                new Aggregation(List.of(new Aggregation.Field("amount", FieldPath.of("amount"), measures))), 100_000, null);
        chain = new StagePipeline(List.of(
                named(new Filter(Comparison.of(value, Operator.GREATER_OR_EQUAL, 10L))),
                named(new Transform(List.of(Operation.rename(value, FieldPath.of("amount")),
                        Operation.cast(FieldPath.of("amount"), Operation.CastType.DECIMAL)))),
                named(new TimeWindow(settings, FieldPath.of("timestamp"), new WindowTiming(size, 10_000, 5_000, 0, 0),
                        (record, out) -> out.drop(record))),
                named(new Expect(List.of(new Expect.Expectation("some",
                        Comparison.of(FieldPath.of("count"), Operator.GREATER_THAN, 0L))), OnError.PASS,
                        FieldPath.of("_failed")))),
                System::nanoTime);
    }

    private static NamedStage named(Stage stage) {
        return new NamedStage(stage.getClass().getSimpleName(), "test", stage, OnError.DEAD_LETTER);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public List<@Nullable Map<String, @Nullable Object>> maps() {
        return next();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Processed stages() {
        long first = position;
        List<StageRecord> records = new ArrayList<>(RECORDS);
        for (Map<String, @Nullable Object> fields : next()) {
            if (fields != null) {
                records.add(StageRecord.of(first + records.size(), 0, fields));
            }
        }
        return chain.process(records, 0);
    }

    private List<@Nullable Map<String, @Nullable Object>> next() {
        batch = source.next(position, RECORDS, batch);
        position += RECORDS;
        return FieldMaps.of(batch);
    }
}
