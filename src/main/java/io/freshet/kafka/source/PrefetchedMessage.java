package io.freshet.kafka.source;

import org.jspecify.annotations.Nullable;

/**
 * A message that was read.
 *
 * @param json the record; empty for a tombstone, null for a message to be skipped
 * @param seeks how many seeks had happened before it was read
 */
record PrefetchedMessage(TopicMessage message, byte @Nullable [] json, int seeks) {

    int bytes() {
        byte[] key = message.key();
        byte[] value = message.value();
        return (json == null ? 0 : json.length) + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
