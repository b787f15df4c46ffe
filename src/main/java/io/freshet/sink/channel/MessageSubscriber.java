package io.freshet.sink.channel;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The end of an outgoing channel in a connector. It takes messages as they come, because what sends to the channel bounds how
 * many are unanswered.
 */
public final class MessageSubscriber implements Flow.Subscriber<Message<?>> {

    private static final Logger LOG = Logger.getLogger(MessageSubscriber.class);

    private final Consumer<Message<?>> consumer;

    /** @param consumer takes each message, one after the other, and acknowledges or rejects it now or later */
    public MessageSubscriber(Consumer<Message<?>> consumer) {
        this.consumer = consumer;
    }

    /** Returns the payload of a message as bytes. */
    public static byte[] body(Message<?> message) {
        return message.getPayload() instanceof byte[] bytes ? bytes
                : String.valueOf(message.getPayload()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Message<?> message) {
        consumer.accept(message);
    }

    @Override
    public void onError(Throwable thrown) {
        LOG.errorf("An outgoing channel failed: reason=%s", thrown.getMessage());
    }

    @Override
    public void onComplete() {
        LOG.debug("An outgoing channel ended");
    }
}
