package io.freshet.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.FieldMaps;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.Event;
import io.freshet.event.WrittenEvents;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterKeeper;
import io.freshet.stage.Processed;
import io.freshet.stage.StageChain;
import io.freshet.stage.StageRecord;
import io.freshet.store.StageStates.State;

/** The stages of a running stream, with what turns its records into something that stages can change. */
final class Staging {

    private static final String SOURCE = "source";
    private static final long TICK = Duration.ofMillis(100).toNanos();

    private final String stream;
    private final StageChain chain;
    private final Set<String> reserved;
    private final StageLetters letters;
    private final StreamTime time;
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final List<DeadLetter> broken = new ArrayList<>();
    private Consumer<State> stateKeeper = state -> {
    };
    private long tickedAt;
    private int room;
    private @Nullable String stopReason;

    /**
     * @param reserved the sinks that get only what is routed to them
     */
    Staging(String stream, StageChain chain, Set<String> reserved, DeadLetterKeeper keeper, StreamTime time) {
        this.stream = stream;
        this.chain = chain;
        this.reserved = Set.copyOf(reserved);
        this.time = time;
        this.tickedAt = time.nanos();
        this.letters = new StageLetters(keeper, time);
    }

    StageChain chain() {
        return chain;
    }

    StageLetters letters() {
        return letters;
    }

    /**
     * Goes on where the stages were.
     *
     * @throws IllegalArgumentException if this is no state of such stages
     */
    void restore(byte[] state) {
        chain.restore(state);
    }

    /**
     * Has the first stages go on where they were in a chain that is different behind them.
     *
     * @throws IllegalArgumentException if this is no state of such stages
     */
    void restore(byte[] state, int first) {
        chain.restore(state, first);
    }

    /** Says where states are kept. */
    void keepIn(Consumer<State> keeper) {
        stateKeeper = keeper;
    }

    /** Keeps a state; it is safe when this returns. */
    void save(State state) {
        stateKeeper.accept(state);
    }

    /**
     * Has records go through the stages, and what comes of them to the sinks.
     *
     * @param position the index of the first record
     * @return the slices that stand for these records, or for the first of them if a stage ends the stream there
     */
    List<Slice> send(RecordBatch batch, long position, Outlet outlet, @Nullable BatchMetadata metadata) {
        Instant now = time.now();
        tickedAt = time.nanos();
        Processed processed = chain.process(records(batch, position, now), now.toEpochMilli(), room);
        processed.stopReason()
                .ifPresent(reason -> stopReason = "stopped by " + reason + " at position " + processed.end());
        int places = (int) Math.min(batch.size(), processed.end() - position);
        return slices(processed, position, places, outlet, metadata, now);
    }

    /** Says how many records the sinks have room for; 0 while they take no more. */
    void setRoom(int records) {
        room = records;
    }

    /** Whether the stages take so many records though the sinks do not. */
    boolean runsAhead(int records) {
        return chain.ahead() >= records;
    }

    /** Has time go on, now and then, or when what is held back may go; what the stages make of that goes to the sinks. */
    List<Slice> tick(long position, Outlet outlet, @Nullable BatchMetadata metadata) {
        if (time.nanos() - tickedAt < TICK && (room == 0 || chain.held() == 0)) {
            return List.of();
        }
        tickedAt = time.nanos();
        Instant now = time.now();
        return made(chain.process(List.of(), now.toEpochMilli(), room), position, outlet, metadata, now);
    }

    /** Says that no more records come; what the stages have left goes to the sinks. */
    List<Slice> finish(long position, Outlet outlet, @Nullable BatchMetadata metadata) {
        Instant now = time.now();
        return made(chain.finish(now.toEpochMilli()), position, outlet, metadata, now);
    }

    private List<Slice> made(Processed processed, long position, Outlet outlet, @Nullable BatchMetadata metadata, Instant now) {
        boolean nothing = processed.records().isEmpty() && processed.rejected().isEmpty();
        return nothing ? List.of() : slices(processed, position, 0, outlet, metadata, now);
    }

    private List<Slice> slices(Processed processed, long position, int places, Outlet outlet,
            @Nullable BatchMetadata metadata, Instant now) {
        StagedRecords all = new StagedRecords(processed.records(), reserved);
        List<Slice> slices = new ArrayList<>();
        int from = 0;
        // a window may have very many results at once
        while (chain.keepsState() && all.size() - from > Stream.MOST_SLICE) {
            slices.add(outlet.send(all.part(from, from + Stream.MOST_SLICE), position, 0, metadata));
            from += Stream.MOST_SLICE;
        }
        Slice last = outlet.send(all.part(from, all.size()), position, places, metadata);
        slices.add(last);
        last.rejected = keepRejected(processed, slices.stream().flatMap(slice -> slice.unfit.stream()).toList(), now);
        return slices;
    }

    /** Why the stages end the stream; null if they do not. */
    @Nullable
    String stopReason() {
        return stopReason;
    }

    private List<StageRecord> records(RecordBatch batch, long position, Instant now) {
        List<@Nullable Map<String, @Nullable Object>> maps = FieldMaps.of(batch);
        List<StageRecord> records = new ArrayList<>(maps.size());
        long millis = now.toEpochMilli();
        for (int i = 0; i < maps.size(); i++) {
            Map<String, @Nullable Object> fields = maps.get(i);
            if (fields == null) {
                WrittenEvents events = ((RecordBatch.Written) batch).events();
                broken.add(letter(position + i, SOURCE, "the record is no JSON object", now,
                        Arrays.copyOfRange(events.bytes(), events.start(i), events.end(i))));
                continue;
            }
            records.add(record(batch, i, position + i, millis, fields));
        }
        return records;
    }

    private static StageRecord record(RecordBatch batch, int index, long position, long millis,
            Map<String, @Nullable Object> fields) {
        if (batch instanceof RecordBatch.Written written) {
            byte[] key = written.events().key(index);
            long time = written.events().time(index);
            StageRecord record = StageRecord.of(position, written.events().id(index), time == 0 ? millis : time, fields);
            record.setKey(key == null ? null : new String(key, StandardCharsets.UTF_8));
            record.setLabel(written.events().label(index));
            return record;
        }
        if (batch instanceof RecordBatch.Events events) {
            Event event = events.events().get(index);
            StageRecord record = StageRecord.of(position, event.time().toEpochMilli(), fields);
            record.setKey(event.key());
            return record;
        }
        return StageRecord.of(position, millis, fields);
    }

    /** Keeps what the stages rejected, and what sinks cannot have; completes when that is done. */
    private CompletableFuture<Boolean> keepRejected(Processed processed, List<Slice.Unfit> unfit, Instant now) {
        List<DeadLetter> all = new ArrayList<>(broken);
        broken.clear();
        all.removeIf(letter -> letter.address().position() >= processed.end());
        for (Processed.Rejected each : processed.rejected()) {
            all.add(letter(each.record().position(), each.stage(), each.reason(), now, json(each.record())));
        }
        for (Slice.Unfit each : unfit) {
            // no sink has this name: what does not fit cannot be delivered again
            all.add(letter(each.record().position(), each.sink() + ".fields", each.reason(), now, json(each.record())));
        }
        return all.isEmpty() ? CompletableFuture.completedFuture(true) : letters.keep(all);
    }

    private DeadLetter letter(long position, String stage, String reason, Instant now, byte[] json) {
        return new DeadLetter(new DeadLetter.Address(stream, position, stage, ""), new DeadLetter.Cause(reason, 1, now), null,
                json);
    }

    private byte[] json(StageRecord record) {
        encoder.encode(new StagedRecords(List.of(record), Set.of()).batch(), null, encoded);
        return encoded.copy(0);
    }
}
