package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.event.ReadProgress;

/** Runs one stage of one running stream and measures it. One thread processes, any thread may read statistics. */
final class StageRun implements StageOutput {

    private static final double NANOS = 1e9;

    private final NamedStage named;
    private final Processed processed;
    private final Latencies latencies = new Latencies();
    private final FailureCount failures = new FailureCount();
    private final LostRecords losses = new LostRecords();
    private List<StageRecord> emitted = new ArrayList<>();
    private long now;
    private int room;
    private ReadProgress progress = ReadProgress.NONE;
    private volatile long in;
    private volatile long out;
    private volatile long dropped;
    private volatile long deadLettered;
    private volatile long busyNanos;
    private volatile @Nullable String lastError;

    /** @param processed receives the records that leave the chain at this stage */
    StageRun(NamedStage named, Processed processed) {
        this.named = named;
        this.processed = processed;
    }

    Stage stage() {
        return named.stage();
    }

    /**
     * Processes a batch.
     *
     * @param current what the source knew when the batch was read; null while an earlier stage holds records back
     * @return the emitted records, in a list that belongs to the caller
     */
    List<StageRecord> process(List<StageRecord> records, long millis, int room, @Nullable ReadProgress current) {
        begin(millis);
        this.room = room;
        progress = current == null ? progress.withoutSilence() : current;
        tick();
        for (StageRecord record : records) {
            if (record.position() >= processed.end()) {
                break;
            }
            if (record.isTombstone() && !(named.stage() instanceof QueueStage)) {
                // stages cannot inspect a tombstone; a backlog does not, and what it holds must not be overtaken
                emit(record);
            } else {
                accept(record);
            }
        }
        if (current != null) {
            endBatch();
        }
        return end(records.size());
    }

    private void accept(StageRecord record) {
        try {
            named.stage().accept(record, this);
        } catch (RuntimeException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            blame(record, reason);
            named.onError().apply(record, reason, this);
        }
    }

    private void tick() {
        try {
            named.stage().tick(this);
        } catch (RuntimeException e) {
            lastError = String.valueOf(e);
        }
    }

    private void endBatch() {
        try {
            named.stage().endBatch(this);
        } catch (RuntimeException e) {
            lastError = String.valueOf(e);
        }
    }

    /** Processes the last records and emits what the stage still holds. */
    List<StageRecord> finish(List<StageRecord> last, long millis) {
        List<StageRecord> made = process(last, millis, Integer.MAX_VALUE, ReadProgress.NONE);
        begin(millis);
        named.stage().finish(this);
        made.addAll(end(0));
        return made;
    }

    private void begin(long millis) {
        emitted = new ArrayList<>();
        now = millis;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private List<StageRecord> end(int came) {
        in += came;
        out += emitted.size();
        return emitted;
    }

    /** Adds the duration of a batch. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    void took(long nanos) {
        busyNanos += nanos;
        latencies.add(nanos);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public ReadProgress progress() {
        return progress;
    }

    @Override
    public void emit(StageRecord record) {
        emitted.add(record);
        losses.passed();
    }

    @Override
    public void divert(StageRecord record, List<String> sinks) {
        record.route(sinks);
        processed.divert(record);
        losses.passed();
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void drop(StageRecord record) {
        dropped++;
        losses.lost(now, false);
    }

    @Override
    public void blame(StageRecord record, String reason) {
        failures.add(now);
        lastError = reason;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void deadLetter(StageRecord record, String reason) {
        deadLettered++;
        losses.lost(now, true);
        processed.deadLetter(record, named.name(), reason);
    }

    @Override
    public void stop(StageRecord record, String reason) {
        processed.stop(record, named.name() + ": " + reason);
    }

    /** Returns this stage and the stages inside it that are of a kind, if they failed since a time. */
    List<Failures> failedSince(String kind, long since) {
        if (named.stage() instanceof Handlers handlers) {
            return handlers.failedSince(kind, since).stream()
                    .map(inner -> new Failures(named.name() + "." + inner.stage(), inner.records())).toList();
        }
        return named.kind().equals(kind) && failures.isAnySince(since)
                ? List.of(new Failures(named.name(), failures.records()))
                : List.of();
    }

    /** Returns this stage if it passes no record on. */
    Optional<BlockingStage> blocking(long millis) {
        return losses.isBlocking(millis)
                ? Optional.of(new BlockingStage(named.name(), losses.inARow(), losses.isRejected(), lastError))
                : Optional.empty();
    }

    StageStatistics statistics() {
        long records = in;
        long nanos = busyNanos;
        long failed = failures.records();
        return new StageStatistics(named.name(), named.kind(), records, out, dropped, failed, deadLettered,
                records == 0 ? 0 : Math.min(1, failed / (double) records), nanos == 0 ? 0 : records * NANOS / nanos,
                latencies.quantileMillis(0.5), latencies.quantileMillis(0.99), named.stage().counts(), lastError);
    }
}
