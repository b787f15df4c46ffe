package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What became of a run of records. Not thread-safe. */
public final class Processed {

    /**
     * A record that is to be kept because something is wrong with it.
     *
     * @param stage the name of the stage that says so
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

    /** What goes no further is what comes of records from the one that stopped it. */
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

    /** The records that go to sinks. */
    public List<StageRecord> records() {
        return records;
    }

    /** The records that are to be kept among the dead letters. */
    public List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    /** The position before which the stream is to end; the greatest number if it goes on. */
    public long end() {
        return end;
    }

    /** Why the stream is to end; empty if it goes on. */
    public Optional<String> stopReason() {
        return Optional.ofNullable(stopReason);
    }
}
