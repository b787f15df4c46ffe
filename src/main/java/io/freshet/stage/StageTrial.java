package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Runs one stage once over a few records and reports what it did to each of them, so that a definition can be tried before it
 * is started. Not thread-safe.
 */
public final class StageTrial implements StageOutput {

    /** What became of a record at a stage. */
    public enum Outcome {
        /** The stage emitted the record, changed or unchanged. */
        EMITTED,
        /** The stage sent the record directly to sinks. */
        DIVERTED,
        /** The stage dropped the record on purpose. */
        DROPPED,
        /** The record went to the dead letters. */
        DEAD_LETTERED,
        /** The stage would have stopped the stream before the record. */
        STOPPED,
        /** The stage keeps the record for a later result. */
        ABSORBED
    }

    /**
     * A record as the stage left it.
     *
     * @param id identifies the record in its stream
     * @param fields the object after the stage; before the stage if it was not emitted
     * @param sinks the sinks to which the record is routed; null for the sinks to which no route refers
     * @param reason why the record failed; null if it did not
     */
    public record TriedRecord(String id, Outcome outcome, Map<String, @Nullable Object> fields,
            @Nullable List<String> sinks, @Nullable String reason) {
    }

    private final NamedStage named;
    private final long now;
    private final List<TriedRecord> tried = new ArrayList<>();
    private final List<StageRecord> emitted = new ArrayList<>();
    private final List<StageRecord> diverted = new ArrayList<>();
    private @Nullable String reason;
    private boolean stopped;

    /** @param now the time of the trial in milliseconds since 1970 */
    public StageTrial(NamedStage named, long now) {
        this.named = named;
        this.now = now;
    }

    /** Runs the stage over all records, then ends its input, so that windows and buffers give what they hold. */
    public void run(List<StageRecord> records) {
        Stage stage = named.stage();
        stage.tick(this);
        for (StageRecord record : records) {
            if (!stopped) {
                accept(record);
            }
        }
        reason = null;
        stage.endBatch(this);
        stage.finish(this);
    }

    private void accept(StageRecord record) {
        reason = null;
        int before = tried.size();
        if (record.isTombstone()) {
            emit(record);
            return;
        }
        try {
            named.stage().accept(record, this);
        } catch (RuntimeException e) {
            reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            named.onError().apply(record, reason, this);
        }
        if (tried.size() == before) {
            add(record, Outcome.ABSORBED, null);
        }
    }

    private void add(StageRecord record, Outcome outcome, @Nullable String why) {
        tried.add(new TriedRecord(record.name(), outcome, FieldCopies.of(record.fields()), record.sinks(), why));
    }

    /** Returns what became of the records, in the order in which the stage decided. */
    public List<TriedRecord> tried() {
        return List.copyOf(tried);
    }

    /** Returns the records for the next stage. */
    public List<StageRecord> emitted() {
        return List.copyOf(emitted);
    }

    /** Returns the records that skip the remaining stages. */
    public List<StageRecord> diverted() {
        return List.copyOf(diverted);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void emit(StageRecord record) {
        emitted.add(record);
        add(record, Outcome.EMITTED, reason);
    }

    @Override
    public void divert(StageRecord record, List<String> sinks) {
        record.route(sinks);
        diverted.add(record);
        add(record, Outcome.DIVERTED, reason);
    }

    @Override
    public void drop(StageRecord record) {
        add(record, Outcome.DROPPED, reason);
    }

    @Override
    public void blame(StageRecord record, String why) {
        reason = why;
    }

    @Override
    public void deadLetter(StageRecord record, String why) {
        add(record, Outcome.DEAD_LETTERED, why);
    }

    @Override
    public void stop(StageRecord record, String why) {
        stopped = true;
        add(record, Outcome.STOPPED, why);
    }
}
