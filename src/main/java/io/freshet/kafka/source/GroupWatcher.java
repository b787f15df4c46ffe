package io.freshet.kafka.source;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Notified when messages that were read but not committed will be read again, here or elsewhere. Called by the reading
 * thread.
 */
interface GroupWatcher {

    /** Everything that was read is invalid from now on; other members may read it when this method returns. */
    void givingUp();

    /** The member that reads from now on; null while the consumer is not in the group. */
    void joined(@Nullable ConsumerGroupMetadata now);
}
