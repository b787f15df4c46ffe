package io.freshet.sink.channel;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.ChannelRegistry;

/**
 * The outgoing channels of the configuration ({@code mp.messaging.outgoing.NAME.connector}). A channel connects when the first
 * sink sends to it. Thread-safe.
 */
@ApplicationScoped
public class OutgoingChannels {

    private static final Logger LOG = Logger.getLogger(OutgoingChannels.class);

    private static final String PREFIX = "mp.messaging.outgoing.";
    private static final String SUFFIX = ".connector";
    /** The channels of the service itself. */
    private static final Set<String> OWN = Set.of("dead-letters", "alerts");
    /** Connectors that acknowledge too early or forget messages, and what to use in their place. */
    private static final Map<String, String> LOSSY = Map.of("smallrye-mqtt", "freshet-mqtt", "smallrye-rabbitmq",
            "freshet-rabbitmq");
    private static final int DEFAULT_WINDOW = 1024;

    private final ChannelRegistry registry;
    private final Config config;
    private final Map<String, ChannelSender> open = new ConcurrentHashMap<>();

    public OutgoingChannels(ChannelRegistry registry, Config config) {
        this.registry = registry;
        this.config = config;
    }

    /** Opens a channel for other messages than records; empty if it is not configured. */
    public Optional<MessageChannel> open(String channel) {
        return connector(channel).filter(name -> registry.getOutgoingNames().contains(channel))
                .map(name -> new MessageChannel(MessageMetadata.of(name),
                        open.computeIfAbsent(channel, this::connect)));
    }

    /** Returns the channel that an emitter of the service sends to. */
    public MessageChannel of(String channel, Emitter<Object> emitter) {
        return new MessageChannel(MessageMetadata.of(connector(channel).orElse("")),
                new ChannelSender(message -> emitter.send(message), emitter::isCancelled, window(channel)));
    }

    /** Returns the names of the channels that sinks can use, in alphabetical order. */
    public List<String> names() {
        return registry.getOutgoingNames().stream()
                .filter(name -> connector(name).isPresent() && !OWN.contains(name)
                        && !registry.getEmitterNames().contains(name))
                .sorted().toList();
    }

    /** Returns whether the messages of a channel can have an address each. */
    public boolean takesAddresses(String channel) {
        return MessageMetadata.of(connector(channel).orElse("")) != MessageMetadata.OTHER;
    }

    /** Returns the name of the connector of a channel, such as {@code smallrye-mqtt}; empty if there is no such channel. */
    public Optional<String> connector(String channel) {
        return config.getOptionalValue(PREFIX + channel + SUFFIX, String.class);
    }

    /** Creates a sink for a channel. */
    public ChannelSink sink(ChannelTarget target) {
        return new ChannelSink(target, MessageMetadata.of(connector(target.channel()).orElse("")),
                () -> open.computeIfAbsent(target.channel(), this::connect));
    }

    private ChannelSender connect(String channel) {
        connector(channel).map(LOSSY::get).ifPresent(better -> LOG.warnf(
                "Messages may be lost when a connection breaks; %s waits for the broker: channel=%s", better, channel));
        AtomicReference<MultiEmitter<? super Message<?>>> emitter = new AtomicReference<>();
        // the queues of the sinks bound what is in flight
        Multi<Message<?>> messages = Multi.createFrom()
                .emitter((Consumer<MultiEmitter<? super Message<?>>>) emitter::set, BackPressureStrategy.BUFFER);
        messages.subscribe().withSubscriber(subscriber(channel));
        MultiEmitter<? super Message<?>> to = Objects.requireNonNull(emitter.get());
        return new ChannelSender(to::emit, to::isCancelled, window(channel));
    }

    private int window(String channel) {
        return config.getOptionalValue(PREFIX + channel + ".max-inflight-messages", Integer.class)
                .filter(configured -> configured > 0).orElse(DEFAULT_WINDOW);
    }

    @SuppressWarnings("unchecked")
    private Flow.Subscriber<? super Message<?>> subscriber(String channel) {
        // the registry keeps subscribers of any message as a wildcard type
        return (Flow.Subscriber<? super Message<?>>) (Flow.Subscriber<?>) registry.getSubscribers(channel).get(0);
    }
}
