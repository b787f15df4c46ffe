package io.freshet.source;

import java.time.Instant;
import java.util.Map;

/** Where a source that reads a topic continues. */
public sealed interface Seek {

    /** Continues with the oldest messages. */
    record Beginning() implements Seek {
    }

    /** Continues with messages that arrive from now on. */
    record End() implements Seek {
    }

    /** Continues with the first message of each partition that is not older than a time. */
    record Moment(Instant time) implements Seek {
    }

    /**
     * Continues with these messages.
     *
     * @param byPartition partitions that are not named keep their position
     */
    record Offsets(Map<Integer, Long> byPartition) implements Seek {
        public Offsets {
            byPartition = Map.copyOf(byPartition);
        }
    }
}
