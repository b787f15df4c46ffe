package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** One stage of one running stream, and what is measured of it. One thread works, any thread asks. */
final class StageRun implements StageOutput {

    private static final double NANOS = 1e9;

    private final NamedStage named;
    private final Processed processed;
    private final Latencies latencies = new Latencies();
    private final FailureCount failures = new FailureCount();
    private List<StageRecord> emitted = new ArrayList<>();
    private long now;
    private int room;
    private volatile long in;
    private volatile long out;
    private volatile long dropped;
    private volatile long deadLettered;
    private volatile long busyNanos;
    private volatile @Nullable String lastError;

    /**
     * @param processed where it says what does not go on
     */
    StageRun(NamedStage named, Processed processed) {
        this.named = named;
        this.processed = processed;
    }

    Stage stage() {
        return named.stage();
    }

    /** Makes of the records what they become; the list is another's from then on. */
    List<StageRecord> process(List<StageRecord> records, long millis, int room) {
        begin(millis);
        this.room = room;
        tick();
        for (StageRecord record : records) {
            if (record.position() >= processed.end()) {
                break;
            }
            accept(record);
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

    /** Has it give what it keeps. */
    List<StageRecord> finish(List<StageRecord> last, long millis) {
        List<StageRecord> made = process(last, millis, Integer.MAX_VALUE);
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

    /** Says how long it took. */
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
    public void emit(StageRecord record) {
        emitted.add(record);
    }

    @Override
    public void divert(StageRecord record, List<String> sinks) {
        record.route(sinks);
        processed.divert(record);
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void drop(StageRecord record) {
        dropped++;
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
        processed.deadLetter(record, named.name(), reason);
    }

    @Override
    public void stop(StageRecord record, String reason) {
        processed.stop(record, named.name() + ": " + reason);
    }

    /** Itself and the stages inside it that are of a kind, if something was wrong for them since a moment. */
    List<Failures> failedSince(String kind, long since) {
        if (named.stage() instanceof Handlers handlers) {
            return handlers.failedSince(kind, since).stream()
                    .map(inner -> new Failures(named.name() + "." + inner.stage(), inner.records())).toList();
        }
        return named.kind().equals(kind) && failures.isAnySince(since)
                ? List.of(new Failures(named.name(), failures.records()))
                : List.of();
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
