package io.freshet.stage;

import java.util.List;

/** Where a stage says what becomes of records. */
public interface StageOutput {

    /** Milliseconds since 1970, as the stream's clock says for this run of records. */
    long now();

    /** How many records there is room for behind the stages, about; 0 while the sinks take no more. */
    default int room() {
        return Integer.MAX_VALUE;
    }

    /** Sends a record on. */
    void emit(StageRecord record);

    /** Sends a record to these sinks, past the stages that follow. */
    void divert(StageRecord record, List<String> sinks);

    /** Says that a record goes no further, as it should be. */
    void drop(StageRecord record);

    /** Says that something is wrong with a record, whatever becomes of it. */
    void blame(StageRecord record, String reason);

    /** Keeps a record among the dead letters. */
    void deadLetter(StageRecord record, String reason);

    /** Ends the stream before the record of the source that this one comes from. */
    void stop(StageRecord record, String reason);
}
