package io.freshet.deadletter.channel;

import java.util.List;
import java.util.concurrent.Flow;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import io.freshet.sink.DeadLetter;
import io.freshet.sink.channel.MessageSubscriber;
import io.smallrye.reactive.messaging.connector.OutboundConnector;

/**
 * Writes the letters of a channel to their topic. A message is a list of letters. It is acknowledged when Kafka has all of
 * them,
 * and rejected with {@link TooLargeException} if it has all but some that are too large.
 */
@ApplicationScoped
@Connector(DeadLetterConnector.NAME)
public class DeadLetterConnector implements OutboundConnector {

    public static final String NAME = "freshet-dead-letters";

    private final DeadLetterTopic topic;

    public DeadLetterConnector(DeadLetterTopic topic) {
        this.topic = topic;
    }

    /** Rejects a message of which some letters are too large for the topic. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<DeadLetter> letters;

        TooLargeException(List<DeadLetter> letters) {
            super(letters.size() + " dead letters are too large for their topic");
            this.letters = letters;
        }

        List<DeadLetter> letters() {
            return letters;
        }
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        return new MessageSubscriber(this::write);
    }

    private void write(Message<?> message) {
        try {
            List<DeadLetter> tooLarge = topic.add(letters(message));
            if (tooLarge.isEmpty()) {
                message.ack();
            } else {
                message.nack(new TooLargeException(tooLarge));
            }
        } catch (KafkaException e) {
            message.nack(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<DeadLetter> letters(Message<?> message) {
        // only DeadLetterChannel sends to this connector
        return (List<DeadLetter>) message.getPayload();
    }
}
