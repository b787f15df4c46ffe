package io.freshet.stage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A processing step between source and sinks. For each record it emits none, one or several. An instance serves one running
 * stream and is used by one thread.
 */
public interface Stage {

    /**
     * Processes a record and reports the outcome to {@code out}. A record without an outcome is absorbed into a later result.
     * An exception counts as an error of this record alone.
     */
    void accept(StageRecord record, StageOutput out);

    /**
     * Applies the settings of the stage's definition. Called once, before any other method.
     *
     * @param settings JSON values: String, Boolean, Long, Double, List, Map and null
     * @throws IllegalArgumentException if the settings are not valid; the message is shown to the user
     */
    default void configure(Map<String, @Nullable Object> settings) {
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("takes no settings");
        }
    }

    /** Advances time. Called before each batch, and periodically without records. */
    default void tick(StageOutput out) {
        // most stages do not depend on time
    }

    /**
     * Announces the records of a batch as they are at the start of the chain, before earlier stages change or drop them. The
     * first stage is not called. {@link #accept} follows for the records that reach the stage.
     */
    default void announce(List<StageRecord> records) {
        // most stages only need the records that reach them
    }

    /** Marks the end of a batch: all announced records that reach this stage have been processed. */
    default void endBatch(StageOutput out) {
        // most stages only need the records that reach them
    }

    /** Returns whether the records it emits no longer belong to a partition of the source. */
    default boolean mergesPartitions() {
        return false;
    }

    /** Ends the input: no more records follow. */
    default void finish(StageOutput out) {
        // most stages hold nothing back
    }

    /** Returns the stage's own counters by name. Any thread may call it. */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /**
     * Returns the state that the stage carries from record to record, so that another instance of the same definition can
     * continue from it; empty if it has none.
     */
    default byte[] state() {
        return new byte[0];
    }

    /**
     * Continues from the state of another instance.
     *
     * @throws IllegalArgumentException if the bytes are not the state of such a stage
     */
    default void restore(byte[] state) {
        // most stages have no state
    }

    /** Returns how many records the stage holds back until the sinks accept them. Any thread may call it. */
    default int held() {
        return 0;
    }

    /** Returns how many more records the stage accepts while the sinks are full; 0 if it holds nothing back. */
    default int ahead() {
        return 0;
    }

    /** Returns whether the stage carries state from record to record. */
    default boolean keepsState() {
        return false;
    }

    /** Releases the memory that the stage has reserved. Called once, when the stage is no longer used. */
    default void release() {
        // most stages reserve no memory
    }
}
