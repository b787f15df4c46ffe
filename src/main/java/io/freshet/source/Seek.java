package io.freshet.source;

import java.time.Instant;
import java.util.Map;

/** Where a source that reads a topic is to go on. */
public sealed interface Seek {

    /** With the oldest messages. */
    record Beginning() implements Seek {
    }

    /** With those that come from now on. */
    record End() implements Seek {
    }

    /** With the first message of each partition that is not older than a moment. */
    record Moment(Instant time) implements Seek {
    }

    /**
     * With these messages.
     *
     * @param byPartition partitions that are not named stay where they are
     */
    record Offsets(Map<Integer, Long> byPartition) implements Seek {
        public Offsets {
            byPartition = Map.copyOf(byPartition);
        }
    }
}
