package io.freshet.stream.assembly;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.memory.MemoryBudget;
import io.freshet.model.ConditionException;
import io.freshet.retail.Chain;
import io.freshet.retail.EventMix;
import io.freshet.retail.RetailException;
import io.freshet.source.PushSource;
import io.freshet.source.Source;
import io.freshet.source.chaos.ChaosSource;
import io.freshet.source.model.ModelSource;
import io.freshet.source.model.ModelVersion;
import io.freshet.source.model.MonitoredSource;
import io.freshet.source.pattern.PatternSource;
import io.freshet.source.retail.RetailChains;
import io.freshet.source.retail.RetailSource;
import io.freshet.store.Models;
import io.freshet.store.PinnedModels;
import io.freshet.store.StoredModel;
import io.freshet.stream.definition.ChannelDefinitions;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.PushDefinition;
import io.freshet.stream.definition.RetailDefinition;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.definition.TopicDefinition;
import io.freshet.stream.definition.TwinDefinition;
import io.freshet.stream.definition.WebSocketDefinition;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;

/** Creates the source that a definition describes. */
@ApplicationScoped
public class StreamSources {

    private final Models models;
    private final PinnedModels pinned;
    private final LiveScoresConfig liveScores;
    private final RetailChains chains;
    private final TopicSources topics;
    private final WebSocketSources feeds;
    private final StreamTaps taps;
    private final Channels channels;
    private final MemoryBudget memory;

    public StreamSources(Models models, PinnedModels pinned, LiveScoresConfig liveScores, RetailChains chains,
            TopicSources topics, WebSocketSources feeds, StreamTaps taps, Channels channels, MemoryBudget memory) {
        this.models = models;
        this.pinned = pinned;
        this.liveScores = liveScores;
        this.chains = chains;
        this.topics = topics;
        this.feeds = feeds;
        this.taps = taps;
        this.channels = channels;
        this.memory = memory;
    }

    /** @throws DefinitionException if the model does not exist, or its rows cannot meet the conditions */
    Source source(StreamDefinition definition, ResumePoint start) {
        Source source = whole(definition, start);
        return definition.chaos().<Source> map(chaos -> new ChaosSource(source, chaos)).orElse(source);
    }

    private Source whole(StreamDefinition definition, ResumePoint start) {
        int capacity = Math.min(Stream.MAX_BATCH_RECORDS, definition.pace().batchSize());
        if (definition.source() instanceof SourceDefinition.OfPattern pattern) {
            OptionalDouble rate = definition.whole().pace().meanRecordsPerSecond();
            return rate.isPresent() ? new PatternSource(pattern.seed(), capacity, rate.getAsDouble())
                    : new PatternSource(pattern.seed(), capacity);
        }
        if (definition.source() instanceof RetailDefinition retail) {
            return retail(retail, definition.shard().isPresent(), start.bookmark());
        }
        if (definition.source() instanceof WebSocketDefinition from) {
            return feeds.of(definition.name(), from, start);
        }
        if (definition.source() instanceof PushDefinition push) {
            return new PushSource(push.buffer(), memory);
        }
        if (definition.source() instanceof ChannelDefinitions.FromChannel channel) {
            return channels.source(definition.name(), channel.settings());
        }
        if (definition.source() instanceof TopicDefinition topic) {
            return topics.of(definition.name(), topic, start);
        }
        if (definition.source() instanceof TwinDefinition twin) {
            return topics.twin(definition.name(), twin, start.restored(), capacity);
        }
        if (definition.source() instanceof TwinDefinition.OfChannel twin) {
            return channels.twin(definition.name(), twin, new StoredLearningModel(models,
                    twin.learning().model().orElse(definition.name())), capacity);
        }
        if (definition.source() instanceof SourceDefinition.OfStream other) {
            if (!start.restored() && !taps.isKnown(other.stream())) {
                throw new DefinitionException("source.stream", "refers to an unknown stream: " + other.stream());
            }
            return taps.open(other.stream());
        }
        SourceDefinition.OfModel wanted = (SourceDefinition.OfModel) definition.source();
        Optional<StoredModel> kept = start.restored() && wanted.pinned() ? pinned.find(definition.recordName(), wanted.model())
                : Optional.empty();
        StoredModel first = kept.or(() -> models.find(wanted.model())).orElseThrow(() -> new DefinitionException("source.model",
                "refers to an unknown model: " + wanted.model() + "; " + knownModels()));
        try {
            // the rows of a pinned model do not drift
            ModelSource source = new ModelSource(
                    wanted.pinned() ? new ModelVersion(first.version(), first.model()) : version(first),
                    wanted.pinned() ? Optional::empty : () -> newest(wanted.model()),
                    new ModelSource.Settings(wanted.seed(), wanted.conditions(), capacity, definition.pace().batchSize()));
            if (wanted.pinned() && kept.isEmpty()) {
                pinned.keep(definition.recordName(), first);
            }
            return liveScores.enabled() ? new MonitoredSource(source, liveScores.rowsPerSecond(), StreamTime.SYSTEM::nanos)
                    : source;
        } catch (ConditionException e) {
            throw new DefinitionException("source.conditions." + e.column(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether simulated stores are open on a day. */
    boolean areStoresOpen(LocalDate day) {
        return chains.areOpen(day);
    }

    private Source retail(RetailDefinition wanted, boolean traceIds, Optional<String> bookmark) {
        Chain chain;
        try {
            chain = chains.of(wanted.size(), wanted.seed());
        } catch (RetailException e) {
            throw new DefinitionException("source.retail", String.valueOf(e.getMessage()));
        }
        return new RetailSource(() -> new RetailSource.Setting(chain, EventMix.of(chain, wanted.weights())),
                new RetailSource.Settings(wanted.shard(), wanted.shards(), wanted.start().orElse(Instant.EPOCH), wanted.end(),
                        wanted.speed(), RetailDefinition.PATIENCE, traceIds),
                bookmark);
    }

    private Optional<ModelVersion> newest(String name) {
        return models.find(name).map(StreamSources::version);
    }

    private static ModelVersion version(StoredModel stored) {
        return new ModelVersion(stored.version(), stored.model(), stored.drift());
    }

    /** Deletes the stored data of a stream. */
    void forget(String stream) {
        pinned.forget(stream);
    }

    private String knownModels() {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        return names.isEmpty() ? "no models exist yet" : "expected one of " + String.join(", ", names);
    }

    StreamTaps taps() {
        return taps;
    }
}
