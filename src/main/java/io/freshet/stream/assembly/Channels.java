package io.freshet.stream.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.memory.MemoryBudget;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;
import io.freshet.sink.Sink;
import io.freshet.sink.channel.ChannelTarget;
import io.freshet.sink.channel.OutgoingChannels;
import io.freshet.source.Source;
import io.freshet.source.channel.ChannelSettings;
import io.freshet.source.channel.ChannelSource;
import io.freshet.source.channel.ChannelTwinSource;
import io.freshet.source.channel.IncomingChannels;
import io.freshet.source.twin.LearningModel;
import io.freshet.source.twin.TwinLearner;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.LearningDefinition;
import io.freshet.stream.definition.TwinDefinition;

/** Makes the sources and sinks that are messaging channels. */
@ApplicationScoped
public class Channels {

    /** How long observed records wait for others to be learned with. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final IncomingChannels incoming;
    private final OutgoingChannels outgoing;
    private final MalformedMessages malformed;
    private final MemoryBudget memory;

    public Channels(IncomingChannels incoming, OutgoingChannels outgoing, MalformedMessages malformed, MemoryBudget memory) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.malformed = malformed;
        this.memory = memory;
    }

    /** @throws DefinitionException if no such channel is configured */
    Source source(String stream, ChannelSettings settings) {
        return observed(stream, settings, "source.channel.name");
    }

    private ChannelSource observed(String stream, ChannelSettings settings, String path) {
        checkName(path, "incoming", settings.channel(), incoming.names());
        return new ChannelSource(settings, incoming, (number, bytes, reason) -> malformed.keep(new DeadLetter(
                new DeadLetter.Address(stream, number, "channel-source", "channel", settings.channel()),
                new DeadLetter.Cause(FailureCode.MALFORMED, "malformed: " + reason, 1, Instant.now()), null, bytes)), memory);
    }

    /**
     * Creates a source of synthetic rows in place of the records of a channel.
     *
     * @throws DefinitionException if no such channel is configured
     */
    Source twin(String stream, TwinDefinition.OfChannel wanted, LearningModel model, int capacity) {
        LearningDefinition learning = wanted.learning();
        TwinLearner learner = new TwinLearner(new TwinLearner.Settings(learning.influence(), learning.method(),
                learning.minRows(), learning.every(), LONGEST), model, stream);
        return new ChannelTwinSource(new ChannelTwinSource.Settings(learning.ratio(), learning.seed(), capacity),
                observed(stream, wanted.channel(), "source.twin.channel.name"), model, learner);
    }

    Sink sink(ChannelTarget target) {
        return outgoing.sink(target);
    }

    /** @throws DefinitionException if no such channel is configured */
    void check(ChannelTarget target, String path) {
        checkName(path + ".name", "outgoing", target.channel(), outgoing.names());
        if (target.address().isPresent() && !outgoing.takesAddresses(target.channel())) {
            throw new DefinitionException(path + ".address",
                    "cannot be set: the connector of channel " + target.channel() + " has no address for each message");
        }
    }

    private static void checkName(String path, String direction, String name, List<String> known) {
        if (!known.contains(name)) {
            throw new DefinitionException(path, "names no " + direction + " channel: " + name + "; "
                    + (known.isEmpty() ? "none is configured" : "configured are " + String.join(", ", known))
                    + " (mp.messaging."
                    + direction + ".NAME.connector)");
        }
    }
}
