package io.freshet.stage;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What happens to records on their way: of each record it makes none, one or several. One instance serves one running
 * stream, and one thread.
 */
public interface Stage {

    /**
     * Takes a record and says what becomes of it. A record of which it says nothing is gone: it is part of a result that comes
     * later. What it throws becomes an error of this record alone.
     */
    void accept(StageRecord record, StageOutput out);

    /**
     * Hears what its definition says; called once, before all else.
     *
     * @param settings JSON: String, Boolean, Long, Double, List, Map and null
     * @throws IllegalArgumentException if it does not take them; the message is for the user
     */
    default void configure(Map<String, @Nullable Object> settings) {
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("takes no settings");
        }
    }

    /** Says that time goes on, with records or without; called before records, and now and then. */
    default void tick(StageOutput out) {
        // most do not wait for anything
    }

    /** Says that no more records come, ever. */
    default void finish(StageOutput out) {
        // most keep nothing
    }

    /** What it has counted, by name; asked by any thread. */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /** What it keeps from record to record, so that another instance of the same definition can go on; empty if nothing. */
    default byte[] state() {
        return new byte[0];
    }

    /**
     * Goes on where another instance was.
     *
     * @throws IllegalArgumentException if this is no state of such a stage
     */
    default void restore(byte[] state) {
        // most keep nothing
    }

    /** How many records it holds back until there is room for them; asked by any thread. */
    default int held() {
        return 0;
    }

    /** How many more records it takes while there is no room behind the stages; none if it holds nothing back. */
    default int ahead() {
        return 0;
    }

    /** Whether it keeps anything from record to record. */
    default boolean keepsState() {
        return false;
    }
}
