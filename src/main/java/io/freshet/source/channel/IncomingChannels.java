package io.freshet.source.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

import io.freshet.source.SourceProblem;
import io.smallrye.reactive.messaging.ChannelRegistry;

/**
 * The incoming channels of the configuration ({@code mp.messaging.incoming.NAME.connector}). A channel connects when a stream
 * reads it, and has one reader at a time. Thread-safe.
 */
@ApplicationScoped
public class IncomingChannels {

    /** The channel of the service itself. */
    private static final String COMMANDS = "commands";

    private final ChannelRegistry registry;
    private final Config config;
    private final ChannelProblems problems;
    private final Map<String, Object> readers = new ConcurrentHashMap<>();

    public IncomingChannels(ChannelRegistry registry, Config config, ChannelProblems problems) {
        this.registry = registry;
        this.config = config;
        this.problems = problems;
    }

    /** Returns the names of the channels that streams can read, in alphabetical order. */
    public List<String> names() {
        return registry.getIncomingNames().stream()
                .filter(name -> !name.equals(COMMANDS))
                .filter(name -> config.getOptionalValue("mp.messaging.incoming." + name + ".connector", String.class)
                        .isPresent())
                .sorted().toList();
    }

    /** Claims a channel for a reader; empty if another one reads it. */
    Optional<Flow.Publisher<? extends Message<?>>> open(String channel, Object reader) {
        if (readers.putIfAbsent(channel, reader) != null) {
            return Optional.empty();
        }
        return Optional.of(registry.getPublishers(channel).get(0));
    }

    /** Returns why a channel cannot be read at present; null if no problem is known. */
    @Nullable
    SourceProblem problem(String channel) {
        return problems.of(channel);
    }

    /** Lets another reader open the channel. */
    void release(String channel, Object reader) {
        readers.remove(channel, reader);
    }
}
