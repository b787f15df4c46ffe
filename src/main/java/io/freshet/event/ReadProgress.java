package io.freshet.event;

import java.util.Set;

/**
 * What a source knows about its unread records, as of the moment before a batch was taken.
 *
 * @param pending the partitions that may have unread records. A partition that was read to its end and has had no new
 *        records for a while is not included. Empty for a source without partitions
 * @param silentMillis how long the source has been polled without returning a record; 0 if it has returned one, or cannot
 *        tell
 */
public record ReadProgress(Set<Integer> pending, long silentMillis) {

    /** The progress of a source without partitions that has just returned a record. */
    public static final ReadProgress NONE = new ReadProgress(Set.of(), 0);

    public ReadProgress {
        pending = Set.copyOf(pending);
    }

    /** Returns the progress after a stage that merges the partitions. */
    public ReadProgress merged() {
        return new ReadProgress(Set.of(), silentMillis);
    }

    /** Returns the progress after a stage that still holds records back. */
    public ReadProgress withoutSilence() {
        return silentMillis == 0 ? this : new ReadProgress(pending, 0);
    }
}
