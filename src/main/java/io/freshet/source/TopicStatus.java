package io.freshet.source;

import java.util.List;

/**
 * How reading a topic goes.
 *
 * @param partitions how many it reads; those of others in its group are not among them
 * @param lag messages that are there and have not been taken yet
 * @param taken messages that became records
 * @param owed records that are still to be made of messages that were taken
 * @param malformed messages that could not be read
 * @param errors why, for the first few of them
 * @param paused whether no more are read because those that were are not taken
 */
public record TopicStatus(String topic, String group, int partitions, long lag, long taken, long owed,
        long malformed,
        List<String> errors, boolean paused) {

    public TopicStatus {
        errors = List.copyOf(errors);
    }
}
