package io.freshet.source;

import java.util.List;

/**
 * The status of reading a topic.
 *
 * @param partitions how many partitions are assigned to it; those of other group members are not included
 * @param lag messages that have not been consumed yet
 * @param taken messages that became records
 * @param tombstones how many of these delete the value of their key
 * @param owed records that are still to be generated for consumed messages
 * @param malformed messages that could not be decoded
 * @param errors the reasons for the first few of them
 * @param paused whether reading is paused because enough messages wait to be consumed
 */
public record TopicStatus(String topic, String group, int partitions, long lag, long taken, long tombstones,
        long owed, long malformed, List<String> errors, boolean paused) {

    public TopicStatus {
        errors = List.copyOf(errors);
    }
}
