package io.freshet.stream.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.FieldMaps;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.event.Event;
import io.freshet.event.Headers;
import io.freshet.event.JsonEventBuffer;
import io.freshet.event.ReadProgress;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;
import io.freshet.stage.Processed;
import io.freshet.stage.StagePipeline;
import io.freshet.stage.StageRecord;
import io.freshet.store.StageStates.State;
import io.freshet.stream.delivery.StreamTime;

/**
 * Runs the stages of a stream: converts its records into a form that stages can change, and dispatches what the stages emit.
 */
public final class StageExecutor {

    private static final String SOURCE = "source";
    private static final long TICK = Duration.ofMillis(100).toNanos();

    private final String stream;
    private final StagePipeline pipeline;
    private final Set<String> reserved;
    private final RejectedRecords rejectedRecords;
    private final StreamTime time;
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final List<DeadLetter> broken = new ArrayList<>();
    private Consumer<State> stateKeeper = state -> {
    };
    private Consumer<List<DeadLetter>> rejections = rejected -> {
    };
    private long tickedAt;
    private int room;
    private ReadProgress progress = ReadProgress.NONE;
    private @Nullable String stopReason;

    /** @param reserved the sinks that receive only what is routed to them */
    public StageExecutor(String stream, StagePipeline chain, Set<String> reserved, DeadLetterQueue keeper, StreamTime time) {
        this.stream = stream;
        this.pipeline = chain;
        this.reserved = Set.copyOf(reserved);
        this.time = time;
        this.tickedAt = time.nanos();
        this.rejectedRecords = new RejectedRecords(keeper, time);
    }

    StagePipeline pipeline() {
        return pipeline;
    }

    RejectedRecords rejectedRecords() {
        return rejectedRecords;
    }

    /**
     * Restores the state of the stages.
     *
     * @throws IllegalArgumentException if it is not the state of such stages
     */
    void restore(byte[] state) {
        pipeline.restore(state);
    }

    /**
     * Restores the state of the first stages, for a chain that differs after them.
     *
     * @throws IllegalArgumentException if it is not the state of such stages
     */
    void restore(byte[] state, int first) {
        pipeline.restore(state, first);
    }

    /** Sets the listener that is notified of records that become dead letters. */
    public void reportTo(Consumer<List<DeadLetter>> listener) {
        rejections = listener;
    }

    /** Sets where states are saved. */
    public void saveTo(Consumer<State> keeper) {
        stateKeeper = keeper;
    }

    /** Saves a state; it is safe when this method returns. */
    void save(State state) {
        stateKeeper.accept(state);
    }

    /**
     * Passes records through the stages, and dispatches what they emit to the sinks.
     *
     * @param position the index of the first record
     * @return the batches that represent these records, or only the first of them if a stage ends the stream
     */
    List<InFlightBatch> send(RecordBatch batch, long position, SinkDispatcher sinkDispatcher,
            @Nullable BatchMetadata metadata) {
        Instant now = time.now();
        tickedAt = time.nanos();
        Processed processed = pipeline.process(records(batch, position, now), now.toEpochMilli(), room,
                progress);
        processed.stopReason()
                .ifPresent(reason -> stopReason = "stopped by " + reason + " at position " + processed.end());
        int places = (int) Math.min(batch.size(), processed.end() - position);
        return slices(processed, position, places, sinkDispatcher, metadata, now);
    }

    /** Sets how many records the sinks have room for; 0 if they accept none. */
    void setRoom(int records) {
        room = records;
    }

    /** Sets what the source knows about records that it has not returned yet. */
    void setProgress(ReadProgress known) {
        progress = known;
    }

    /** Returns whether the stages accept this many records although the sinks do not. */
    boolean runsAhead(int records) {
        return pipeline.ahead() >= records;
    }

    /**
     * Advances the time of the stages and dispatches what they emit. Called regularly, and when records that were held back are
     * due.
     */
    List<InFlightBatch> tick(long position, SinkDispatcher sinkDispatcher, @Nullable BatchMetadata metadata) {
        if (time.nanos() - tickedAt < TICK && (room == 0 || pipeline.held() == 0)) {
            return List.of();
        }
        tickedAt = time.nanos();
        Instant now = time.now();
        return made(pipeline.process(List.of(), now.toEpochMilli(), room, progress), position, sinkDispatcher, metadata, now);
    }

    /** Ends the input of the stages, and dispatches what they still hold to the sinks. */
    List<InFlightBatch> finish(long position, SinkDispatcher sinkDispatcher, @Nullable BatchMetadata metadata) {
        Instant now = time.now();
        return made(pipeline.finish(now.toEpochMilli()), position, sinkDispatcher, metadata, now);
    }

    private List<InFlightBatch> made(Processed processed, long position, SinkDispatcher sinkDispatcher,
            @Nullable BatchMetadata metadata, Instant now) {
        boolean nothing = processed.records().isEmpty() && processed.rejected().isEmpty();
        return nothing ? List.of() : slices(processed, position, 0, sinkDispatcher, metadata, now);
    }

    private List<InFlightBatch> slices(Processed processed, long position, int places, SinkDispatcher sinkDispatcher,
            @Nullable BatchMetadata metadata, Instant now) {
        StagedRecords all = new StagedRecords(processed.records(), reserved);
        List<InFlightBatch> inFlightBatches = new ArrayList<>();
        int from = 0;
        // a window may emit very many results at once
        while (pipeline.keepsState() && all.size() - from > Stream.MAX_BATCH_RECORDS) {
            inFlightBatches.add(sinkDispatcher.send(all.part(from, from + Stream.MAX_BATCH_RECORDS), position, 0, metadata));
            from += Stream.MAX_BATCH_RECORDS;
        }
        InFlightBatch last = sinkDispatcher.send(all.part(from, all.size()), position, places, metadata);
        inFlightBatches.add(last);
        List<DeadLetter> rejected = rejected(processed,
                inFlightBatches.stream().flatMap(inFlightBatch -> inFlightBatch.unfit.stream()).toList(), now);
        last.rejectedByStages = rejected.size();
        rejections.accept(rejected);
        last.rejected = rejected.isEmpty() ? CompletableFuture.completedFuture(true) : rejectedRecords.deadLetter(rejected);
        return inFlightBatches;
    }

    /** Returns why the stages end the stream; null if they do not. */
    @Nullable
    String stopReason() {
        return stopReason;
    }

    private List<StageRecord> records(RecordBatch batch, long position, Instant now) {
        List<@Nullable Map<String, @Nullable Object>> maps = FieldMaps.of(batch);
        List<StageRecord> records = new ArrayList<>(maps.size());
        long millis = now.toEpochMilli();
        for (int i = 0; i < maps.size(); i++) {
            if (batch instanceof RecordBatch.Written written && written.events().isTombstone(i)) {
                records.add(withMessage(written.events(), i,
                        StageRecord.tombstone(position + i, written.events().id(i), written.events().time(i))));
                continue;
            }
            Map<String, @Nullable Object> fields = maps.get(i);
            if (fields == null) {
                JsonEventBuffer events = ((RecordBatch.Written) batch).events();
                broken.add(broken(events, i, position + i, now));
                continue;
            }
            records.add(record(batch, i, position + i, millis, fields));
        }
        return records;
    }

    /** Returns a record of a batch as the stages see it. */
    public static StageRecord record(RecordBatch batch, int index, long position, long millis,
            Map<String, @Nullable Object> fields) {
        if (batch instanceof RecordBatch.Written written) {
            long time = written.events().time(index);
            StageRecord record = StageRecord.of(position, written.events().id(index), time == 0 ? millis : time, fields);
            record.setLabel(written.events().label(index));
            record.setPartition(written.events().partition(index));
            return withMessage(written.events(), index, record);
        }
        if (batch instanceof RecordBatch.Events events) {
            Event event = events.events().get(index);
            StageRecord record = StageRecord.of(position, event.time().toEpochMilli(), fields);
            record.setKey(event.key());
            return record;
        }
        return StageRecord.of(position, millis, fields);
    }

    private static StageRecord withMessage(JsonEventBuffer events, int index, StageRecord record) {
        byte[] key = events.key(index);
        if (key != null) {
            record.setKey(key);
        }
        record.setHeaders(events.headers(index));
        return record;
    }

    /** Returns the records that the stages rejected, or that do not match a sink's schema, as dead letters. */
    private List<DeadLetter> rejected(Processed processed, List<InFlightBatch.Unfit> unfit, Instant now) {
        List<DeadLetter> all = new ArrayList<>(broken);
        broken.clear();
        all.removeIf(letter -> letter.address().position() >= processed.end());
        for (Processed.Rejected each : processed.rejected()) {
            all.add(letter(each.record(), each.stage(), FailureCode.REJECTED_BY_STAGE, each.reason(), now));
        }
        for (InFlightBatch.Unfit each : unfit) {
            // no sink has this name, because a record that does not match cannot be delivered again
            all.add(letter(each.record(), each.sink() + ".fields", FailureCode.SCHEMA_MISMATCH, each.reason(), now));
        }
        return all;
    }

    private DeadLetter broken(JsonEventBuffer events, int event, long position, Instant now) {
        byte[] json = Arrays.copyOfRange(events.bytes(), events.start(event), events.end(event));
        Headers headers = events.headers(event);
        return new DeadLetter(address(position, SOURCE),
                new DeadLetter.Cause(FailureCode.MALFORMED, "the record is not a JSON object", 1, now),
                new DeadLetter.Content(null, json, headers == null ? Headers.NONE : headers, OptionalLong.empty()));
    }

    private DeadLetter letter(StageRecord record, String stage, FailureCode code, String reason, Instant now) {
        Headers headers = record.headers();
        OptionalLong time = headers == null ? OptionalLong.empty() : OptionalLong.of(record.time());
        String key = record.key();
        byte[] binary = record.binaryKey();
        byte[] bytes = binary == null && key != null ? key.getBytes(StandardCharsets.UTF_8) : binary;
        return new DeadLetter(address(record.position(), stage), new DeadLetter.Cause(code, reason, 1, now),
                new DeadLetter.Content(bytes, json(record),
                        headers == null ? Headers.NONE : headers, time));
    }

    private DeadLetter.Address address(long position, String stage) {
        return new DeadLetter.Address(stream, position, stage, DeadLetter.STAGE, "");
    }

    private byte[] json(StageRecord record) {
        encoder.encode(new StagedRecords(List.of(record), Set.of()).batch(), null, encoded);
        return encoded.copy(0);
    }
}
