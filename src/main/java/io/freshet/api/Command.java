package io.freshet.api;

import java.util.OptionalLong;
import java.util.UUID;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.freshet.event.Headers;
import io.freshet.kafka.source.TopicMessage;
import io.freshet.sink.DeadLetter;
import io.freshet.source.channel.IncomingMessage;

/**
 * A command as it arrived.
 *
 * @param name identifies it; the same when the message arrives again
 * @param position the offset in its topic; for a message of another connector, a number that depends on its bytes
 */
record Command(String name, long position, DeadLetter.Content content) {

    static Command of(Message<?> message) {
        return message.getMetadata(TopicMessage.class).map(Command::ofTopic)
                .orElseGet(() -> ofBytes(IncomingMessage.bytes(message)));
    }

    private static Command ofTopic(TopicMessage message) {
        return new Command("command-" + message.partition() + "-" + message.offset(), message.offset(),
                new DeadLetter.Content(message.key(), message.value(), message.headers(), OptionalLong.of(message.time())));
    }

    private static Command ofBytes(byte[] bytes) {
        UUID id = UUID.nameUUIDFromBytes(bytes);
        return new Command("command-" + id, id.getMostSignificantBits() >>> 1,
                new DeadLetter.Content(null, bytes, Headers.NONE, OptionalLong.empty()));
    }

    /** Returns the bytes; empty if the message has none. */
    byte[] value() {
        byte[] value = content.value();
        return value == null ? new byte[0] : value;
    }
}
