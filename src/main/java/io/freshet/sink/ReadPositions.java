package io.freshet.sink;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** How far a topic is read that records come of: committed in the transaction of the records. Thread-safe. */
public interface ReadPositions {

    /** Whether a record is not to be sent any more: what it comes of is read once more, here or elsewhere. */
    boolean isVoid(long position);

    /** How far the topic is read when all records before a position are dealt with. */
    Read upTo(long position);

    /** The position before which all records are dealt with, those included that no record is sent for. */
    long settled();

    /** What {@link #upTo} said of this position is committed. */
    void committed(long position);

    /**
     * A transaction has failed, or perhaps has not: what is not committed is to be read again.
     *
     * @param superseded whether it failed because another process delivers by now
     */
    void failed(boolean superseded);

    /**
     * How far a topic is read.
     *
     * @param next by partition, the first message that is not dealt with; of those of which something new is known
     * @param note what is kept with the position
     */
    record Read(String topic, Map<Integer, Long> next, Reader reader, String note) {

        public Read {
            next = Map.copyOf(next);
        }
    }

    /**
     * A member of a consumer group.
     *
     * @param generation how often the group had divided the partitions anew when it got them
     * @param member empty for nobody
     * @param instance its fixed name; null if it has none
     */
    record Reader(String group, int generation, String member, @Nullable String instance) {
    }
}
