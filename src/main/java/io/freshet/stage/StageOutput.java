package io.freshet.stage;

import java.util.List;

import io.freshet.event.ReadProgress;

/** Receives what a stage decides about records. */
public interface StageOutput {

    /** Returns the stream's time for this batch, in milliseconds since 1970. */
    long now();

    /** Returns about how many records the sinks accept; 0 while they are full. */
    default int room() {
        return Integer.MAX_VALUE;
    }

    /** Returns what the source knew about further records when this batch was read. */
    default ReadProgress progress() {
        return ReadProgress.NONE;
    }

    /** Sends a record to the next stage. */
    void emit(StageRecord record);

    /** Sends a record directly to these sinks and skips the remaining stages. */
    void divert(StageRecord record, List<String> sinks);

    /** Drops a record intentionally. */
    void drop(StageRecord record);

    /** Counts a failure of a record, whatever happens to the record. */
    void blame(StageRecord record, String reason);

    /** Sends a record to the dead letters. */
    void deadLetter(StageRecord record, String reason);

    /** Stops the stream before the source record from which this record originates. */
    void stop(StageRecord record, String reason);
}
