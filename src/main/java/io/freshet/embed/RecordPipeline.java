package io.freshet.embed;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.freshet.embed.PipelineResult.Failure;
import io.freshet.stage.Latencies;
import io.freshet.stage.NamedStage;
import io.freshet.stage.OnError;
import io.freshet.stage.Processed;
import io.freshet.stage.Stage;
import io.freshet.stage.StagePipeline;
import io.freshet.stage.StageRecord;
import io.freshet.stage.StageStatistics;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Processes batches of records in steps inside another program. Steps are lambdas, buffers, and the stages of streams, such as
 * windows and voxel grids. A record for which a step fails is removed and reported; the others continue. Batches are processed
 * one at a time, in the order of their arrival. Thread-safe.
 *
 * <pre>{@code
 * RecordBuffer recent = RecordBuffer.slidingWindow(50);
 * try (RecordPipeline pipeline = RecordPipeline.builder()
 *         .filter("large", record -> (Long) record.get("amount") > 100)
 *         .map("taxed", record -> with(record, "tax", (Long) record.get("amount") / 5))
 *         .buffer("recent", recent)
 *         .build()) {
 *     PipelineResult result = pipeline.process(batch);
 *     pipeline.submit(another, each -> System.out.println(each.processed() + " in " + each.milliseconds() + " ms"));
 * }
 * }</pre>
 */
public final class RecordPipeline implements AutoCloseable {

    private static final int MAX_SUBMITTED = 16;
    private static final double NANOS_PER_MILLI = 1e6;

    private final StagePipeline chain;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Latencies latencies = new Latencies();
    private final Semaphore slots = new Semaphore(MAX_SUBMITTED);
    private final ExecutorService executor = Threads.single(ThreadKind.PIPELINE);
    private long position;
    private long batches;
    private long failed;

    private RecordPipeline(List<NamedStage> steps, Clock clock, LongSupplier nanos) {
        this.chain = new StagePipeline(steps, nanos);
        this.clock = clock;
        this.nanos = nanos;
    }

    public static Builder builder() {
        return new Builder(Clock.systemUTC(), System::nanoTime);
    }

    static Builder builder(Clock clock, LongSupplier nanos) {
        return new Builder(clock, nanos);
    }

    /** Collects steps. Not thread-safe. */
    public static final class Builder {

        private final List<NamedStage> steps = new ArrayList<>();
        private final Clock clock;
        private final LongSupplier nanos;

        private Builder(Clock clock, LongSupplier nanos) {
            this.clock = clock;
            this.nanos = nanos;
        }

        /** Adds a step that replaces each record; it may change the given one. */
        public Builder map(String name, UnaryOperator<Map<String, @Nullable Object>> change) {
            return add(name, "map", (record, out) -> {
                Map<String, @Nullable Object> changed = change.apply(record.fields());
                if (changed != record.fields()) {
                    Map<String, @Nullable Object> copy = new LinkedHashMap<>(changed);
                    record.fields().clear();
                    record.fields().putAll(copy);
                }
                out.emit(record);
            });
        }

        /** Adds a step that only passes records that satisfy a predicate. */
        public Builder filter(String name, Predicate<Map<String, @Nullable Object>> predicate) {
            return add(name, "filter", (record, out) -> {
                if (predicate.test(record.fields())) {
                    out.emit(record);
                } else {
                    out.drop(record);
                }
            });
        }

        /** Adds a buffer that retains the last records that reach it. */
        public Builder buffer(String name, RecordBuffer buffer) {
            return add(name, "buffer", buffer.stage());
        }

        /** Adds a stage, as streams have. The stage must not be shared with another pipeline. */
        public Builder stage(String name, Stage stage) {
            return add(name, "stage", stage);
        }

        private Builder add(String name, String kind, Stage stage) {
            if (steps.stream().anyMatch(step -> step.name().equals(name))) {
                throw new IllegalArgumentException("two steps are named " + name);
            }
            steps.add(new NamedStage(name, kind, stage, OnError.DEAD_LETTER));
            return this;
        }

        public RecordPipeline build() {
            return new RecordPipeline(List.copyOf(steps), clock, nanos);
        }
    }

    /** Processes a batch of generated records. */
    public PipelineResult process(Batch batch) {
        return process(batch.records());
    }

    /**
     * Processes a batch on the thread of the caller. The given records are not changed.
     *
     * @param records values are String, Boolean, a number, List, Map or null
     */
    public synchronized PipelineResult process(List<Map<String, @Nullable Object>> records) {
        long started = nanos.getAsLong();
        long now = clock.millis();
        long first = position;
        List<StageRecord> batch = new ArrayList<>(records.size());
        records.forEach(record -> batch.add(StageRecord.of(position++, now, new LinkedHashMap<>(record))));
        return result(chain.process(batch, now), first, records.size(), started);
    }

    /** Ends the input, and returns what windows and other steps still hold. */
    public synchronized PipelineResult finish() {
        long started = nanos.getAsLong();
        return result(chain.finish(clock.millis()), position, 0, started);
    }

    private PipelineResult result(Processed processed, long first, int size, long started) {
        Map<Long, Failure> failures = new TreeMap<>();
        for (Processed.Rejected rejected : processed.rejected()) {
            long at = rejected.record().position();
            failures.putIfAbsent(at, new Failure((int) Math.max(-1, at - first), rejected.stage(), rejected.reason()));
        }
        int processedNow = size - (int) failures.keySet().stream().filter(at -> at >= first).count();
        List<Map<String, @Nullable Object>> records = processed.records().stream().map(StageRecord::fields).toList();
        long took = nanos.getAsLong() - started;
        latencies.add(took);
        batches++;
        failed += failures.size();
        return new PipelineResult(records, processedNow, failures.size(),
                failures.values().stream().limit(PipelineResult.MAX_FAILURES).toList(), took / NANOS_PER_MILLI);
    }

    /**
     * Processes a batch on the thread of the pipeline. Waits while {@value #MAX_SUBMITTED} submitted batches are not complete.
     *
     * @param callback receives the result on that thread
     * @return completes after the callback; exceptionally if that throws
     */
    public CompletableFuture<PipelineResult> submit(List<Map<String, @Nullable Object>> records,
            Consumer<PipelineResult> callback) {
        slots.acquireUninterruptibly();
        try {
            return CompletableFuture.supplyAsync(() -> process(records), executor).whenComplete((result, failure) -> {
                slots.release();
                if (result != null) {
                    callback.accept(result);
                }
            });
        } catch (RuntimeException e) {
            slots.release();
            throw e;
        }
    }

    /** Returns the statistics of each step: throughput, latencies and error rate. */
    public List<StageStatistics> statistics() {
        return chain.statistics();
    }

    /** Returns the totals over all batches. */
    public synchronized Totals totals() {
        return new Totals(batches, position - failed, failed, latencies.quantileMillis(0.5), latencies.quantileMillis(0.99));
    }

    /**
     * The totals of a pipeline.
     *
     * @param processed records for which no step failed
     * @param p50Millis the median duration of a batch
     * @param p99Millis the 99th percentile of the duration
     */
    public record Totals(long batches, long processed, long failed, double p50Millis, double p99Millis) {
    }

    /** Ends the thread of the pipeline after the submitted batches; further ones are rejected. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
