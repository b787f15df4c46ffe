package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The outcome of processing a batch of records. Not thread-safe. */
public final class Processed {

    /**
     * A record that goes to the dead letters.
     *
     * @param stage the name of the stage that rejected it
     */
    public record Rejected(StageRecord record, String stage, String reason) {
    }

    private final List<Rejected> rejected = new ArrayList<>();
    private final List<StageRecord> diverted = new ArrayList<>();
    private List<StageRecord> records = List.of();
    private long end = Long.MAX_VALUE;
    private @Nullable String stopReason;

    void begin() {
        rejected.clear();
        diverted.clear();
        records = List.of();
        end = Long.MAX_VALUE;
        stopReason = null;
    }

    void deadLetter(StageRecord record, String stage, String reason) {
        rejected.add(new Rejected(record, stage, reason));
    }

    void divert(StageRecord record) {
        diverted.add(record);
    }

    void stop(StageRecord record, String reason) {
        if (record.position() < end) {
            end = record.position();
            stopReason = reason;
        }
    }

    /** Discards everything that originates from the record that stopped the stream, or from a later one. */
    Processed finish(List<StageRecord> last) {
        List<StageRecord> all = last;
        if (!diverted.isEmpty()) {
            all = new ArrayList<>(diverted);
            all.addAll(last);
        }
        records = end == Long.MAX_VALUE ? all : all.stream().filter(record -> record.position() < end).toList();
        rejected.removeIf(each -> each.record().position() >= end);
        return this;
    }

    /** Returns the records that go to sinks. */
    public List<StageRecord> records() {
        return records;
    }

    /** Returns the records that go to the dead letters. */
    public List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    /** Returns the position before which the stream must stop, or {@link Long#MAX_VALUE} if it continues. */
    public long end() {
        return end;
    }

    /** Returns why the stream must stop, or empty if it continues. */
    public Optional<String> stopReason() {
        return Optional.ofNullable(stopReason);
    }
}
