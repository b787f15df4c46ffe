package io.freshet.amqp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.qpid.proton.amqp.UnsignedLong;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.FailureCode;
import io.freshet.sink.channel.ConnectionFailedException;
import io.freshet.sink.channel.MessageRejectedException;
import io.freshet.sink.channel.MessageSubscriber;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorOutgoingConfiguration;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpMessageBuilder;
import io.vertx.amqp.AmqpSender;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;

/**
 * Sends the messages of an outgoing channel. A message is acknowledged when the broker accepts it. Messages without an answer
 * when the connection or the link breaks are rejected, so that the sink sends them again. It connects with the first message,
 * and again when a message arrives after a failure. Everything but {@link #accept} runs on one event loop.
 */
final class AmqpPublisher implements Consumer<Message<?>> {

    private static final Logger LOG = Logger.getLogger(AmqpPublisher.class);
    private static final long MIN_NANOS_BETWEEN_ATTEMPTS = TimeUnit.MILLISECONDS.toNanos(500);
    /** The link for messages with addresses of their own. */
    private static final String ANONYMOUS = "";
    private static final String TOO_LARGE = "amqp:link:message-size-exceeded";

    private final AmqpConnectorOutgoingConfiguration settings;
    private final AmqpBroker broker;
    private final String address;
    private final Context context;
    private final AmqpClient client;
    private final Map<String, Link> links = new HashMap<>();
    private @Nullable Future<AmqpConnection> connection;
    private @Nullable String failure;
    private long failedNanos;

    AmqpPublisher(AmqpBroker broker, AmqpConnectorOutgoingConfiguration settings) {
        this.settings = settings;
        this.broker = broker;
        this.address = settings.getAddress().orElse(settings.getChannel());
        this.context = ((VertxInternal) broker.vertx()).createEventLoopContext();
        this.client = broker.client();
    }

    @Override
    public void accept(Message<?> message) {
        context.runOnContext(now -> send(message));
    }

    private void send(Message<?> message) {
        String to = message.getMetadata(OutgoingAmqpMetadata.class).map(OutgoingAmqpMetadata::getAddress).orElse(address);
        String link = to.equals(address) ? address : ANONYMOUS;
        String last = failure;
        if (!links.containsKey(link) && last != null && System.nanoTime() - failedNanos < MIN_NANOS_BETWEEN_ATTEMPTS) {
            message.nack(new ConnectionFailedException(last));
            return;
        }
        links.computeIfAbsent(link, Link::new).send(message, to);
    }

    private Future<AmqpConnection> connected() {
        Future<AmqpConnection> existing = connection;
        if (existing != null) {
            return existing;
        }
        Future<AmqpConnection> connecting = client.connect();
        connection = connecting;
        connecting.onSuccess(made -> {
            made.exceptionHandler(thrown -> context.runOnContext(now -> disconnected(connecting, thrown)));
            LOG.infof("Connected with AMQP: channel=%s", settings.getChannel());
        });
        connecting.onFailure(thrown -> context.runOnContext(now -> disconnected(connecting, thrown)));
        return connecting;
    }

    private void disconnected(Future<AmqpConnection> broken, Throwable thrown) {
        if (connection == broken) {
            connection = null;
            List.copyOf(links.values()).forEach(link -> link.fail(thrown));
        }
    }

    private AmqpSenderOptions senderOptions() {
        AmqpSenderOptions options = new AmqpSenderOptions();
        settings.getLinkName().ifPresent(options::setLinkName);
        settings.getCapabilities().ifPresent(each -> options.setCapabilities(List.of(each.trim().split(" *, *"))));
        return options;
    }

    private AmqpMessage encode(Message<?> message, byte[] body, String to) {
        OutgoingAmqpMetadata metadata = message.getMetadata(OutgoingAmqpMetadata.class).orElseGet(OutgoingAmqpMetadata::new);
        AmqpMessageBuilder built = AmqpMessage.create().address(to).durable(metadata.isDurable() || settings.getDurable())
                .withBufferAsBody(Buffer.buffer(body));
        Optional.ofNullable(metadata.getMessageId()).ifPresent(built::id);
        Optional.ofNullable(metadata.getContentType()).ifPresent(built::contentType);
        Optional.ofNullable(metadata.getSubject()).ifPresent(built::subject);
        Optional.ofNullable(metadata.getCorrelationId()).ifPresent(built::correlationId);
        Optional.ofNullable(metadata.getProperties()).ifPresent(built::applicationProperties);
        if (settings.getTtl() > 0) {
            built.ttl(settings.getTtl());
        }
        return built.build();
    }

    void close() {
        client.close();
    }

    /** A sending link, or the attempt to get one, with the messages that have no answer. */
    private final class Link {

        private final String name;
        /** Messages that arrived while the link was being made. */
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private final Set<Message<?>> unanswered = new LinkedHashSet<>();
        private @Nullable AmqpSender sender;

        Link(String name) {
            this.name = name;
            connected().compose(
                    made -> name.equals(ANONYMOUS) ? made.createAnonymousSender() : made.createSender(name, senderOptions()))
                    .onComplete(made -> context.runOnContext(now -> opened(made)));
        }

        private void opened(AsyncResult<AmqpSender> made) {
            if (made.failed()) {
                fail(made.cause());
                return;
            }
            AmqpSender opened = made.result();
            opened.exceptionHandler(thrown -> context.runOnContext(now -> fail(thrown)));
            sender = opened;
            failure = null;
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        }

        void send(Message<?> message, String to) {
            unanswered.add(message);
            AmqpSender ready = sender;
            if (ready == null) {
                waiting.add(() -> send(message, to));
                return;
            }
            byte[] body = MessageSubscriber.body(message);
            UnsignedLong max = ready.unwrap().getRemoteMaxMessageSize();
            if (max != null && max.longValue() > 0 && body.length > max.longValue()) {
                unanswered.remove(message);
                message.nack(new MessageRejectedException(FailureCode.TOO_LARGE,
                        "the message has " + body.length + " bytes; the AMQP broker accepts " + max));
                return;
            }
            ready.sendWithAck(encode(message, body, to)).onComplete(answer -> answered(message, answer));
        }

        private void answered(Message<?> message, AsyncResult<Void> answer) {
            if (!unanswered.remove(message)) {
                return;
            }
            String refusal = answer.succeeded() ? null : String.valueOf(answer.cause().getMessage());
            if (refusal == null) {
                message.ack();
            } else if (refusal.contains(TOO_LARGE)) {
                message.nack(new MessageRejectedException(FailureCode.TOO_LARGE, refusal));
            } else {
                message.nack(new ConnectionFailedException(broker.reason(answer.cause())));
            }
        }

        void fail(Throwable thrown) {
            links.remove(name, this);
            waiting.clear();
            String reason = broker.reason(thrown);
            if (!reason.equals(failure)) {
                LOG.warnf("A channel cannot send: channel=%s reason=%s", settings.getChannel(), reason);
            }
            failure = reason;
            failedNanos = System.nanoTime();
            List<Message<?>> failed = List.copyOf(unanswered);
            unanswered.clear();
            failed.forEach(each -> each.nack(new ConnectionFailedException(reason)));
        }
    }
}
