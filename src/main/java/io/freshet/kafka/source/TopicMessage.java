package io.freshet.kafka.source;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;

/**
 * A message of a topic.
 *
 * @param time milliseconds since 1970
 */
public record TopicMessage(byte @Nullable [] key, byte @Nullable [] value, int partition, long offset, long time,
        Headers headers) {

    static TopicMessage of(ConsumerRecord<byte[], byte[]> message) {
        List<Headers.Header> headers = new ArrayList<>();
        message.headers().forEach(header -> headers.add(new Headers.Header(header.key(), header.value())));
        return new TopicMessage(message.key(), message.value(), message.partition(), message.offset(), message.timestamp(),
                Headers.of(headers));
    }

    /** Returns whether the message deletes the value of its key. */
    boolean isTombstone() {
        return value == null && key != null && key.length > 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicMessage message && message.partition == partition && message.offset == offset;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + partition;
    }
}
