package io.freshet.stream;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.model.ConditionException;
import io.freshet.retail.Chain;
import io.freshet.retail.Mix;
import io.freshet.retail.RetailException;
import io.freshet.source.ChaosSource;
import io.freshet.source.ModelSource;
import io.freshet.source.ModelVersion;
import io.freshet.source.PatternSource;
import io.freshet.source.RetailChains;
import io.freshet.source.RetailSource;
import io.freshet.source.ScoredSource;
import io.freshet.source.Source;
import io.freshet.store.Models;
import io.freshet.store.PinnedModels;
import io.freshet.store.StoredModel;

/** Makes the source that a definition describes. */
@ApplicationScoped
public class StreamSources {

    private final Models models;
    private final PinnedModels pinned;
    private final LiveScoresConfig liveScores;
    private final RetailChains chains;
    private final TopicSources topics;
    private final FeedSources feeds;
    private final StreamTaps taps;

    public StreamSources(Models models, PinnedModels pinned, LiveScoresConfig liveScores, RetailChains chains,
            TopicSources topics, FeedSources feeds, StreamTaps taps) {
        this.models = models;
        this.pinned = pinned;
        this.liveScores = liveScores;
        this.chains = chains;
        this.topics = topics;
        this.feeds = feeds;
        this.taps = taps;
    }

    /**
     * @throws DefinitionException if there is no such model, or its rows cannot meet the conditions
     */
    Source source(StreamDefinition definition, StartingPoint start) {
        Source source = whole(definition, start);
        return definition.chaos().<Source> map(chaos -> new ChaosSource(source, chaos)).orElse(source);
    }

    private Source whole(StreamDefinition definition, StartingPoint start) {
        int capacity = Math.min(Stream.MOST_SLICE, definition.pace().batchSize());
        if (definition.source() instanceof SourceDefinition.OfPattern pattern) {
            return new PatternSource(pattern.seed(), capacity);
        }
        if (definition.source() instanceof RetailDefinition retail) {
            return retail(retail, start.bookmark());
        }
        if (definition.source() instanceof FeedDefinition from) {
            return feeds.of(from, start);
        }
        if (definition.source() instanceof TopicDefinition topic) {
            return topics.of(definition.name(), topic, start);
        }
        if (definition.source() instanceof TwinDefinition twin) {
            return topics.twin(definition.name(), twin, start.restored(), capacity);
        }
        if (definition.source() instanceof SourceDefinition.OfStream other) {
            if (!start.restored() && !taps.isKnown(other.stream())) {
                throw new DefinitionException("source.stream", "names no stream: " + other.stream());
            }
            return taps.open(other.stream());
        }
        SourceDefinition.OfModel wanted = (SourceDefinition.OfModel) definition.source();
        Optional<StoredModel> kept = start.restored() && wanted.pinned() ? pinned.find(definition.name(), wanted.model())
                : Optional.empty();
        StoredModel first = kept.or(() -> models.find(wanted.model())).orElseThrow(() -> new DefinitionException("source.model",
                "names no model: " + wanted.model() + "; " + knownModels()));
        try {
            // rows that stay as they are do not drift
            ModelSource source = new ModelSource(
                    wanted.pinned() ? new ModelVersion(first.version(), first.model()) : version(first),
                    wanted.pinned() ? Optional::empty : () -> newest(wanted.model()),
                    new ModelSource.Settings(wanted.seed(), wanted.conditions(), capacity, definition.pace().batchSize()));
            if (wanted.pinned()) {
                pinned.keep(definition.name(), first);
            }
            return liveScores.enabled() ? new ScoredSource(source, liveScores.rowsPerSecond(), StreamTime.SYSTEM::nanos)
                    : source;
        } catch (ConditionException e) {
            throw new DefinitionException("source.conditions." + e.column(), String.valueOf(e.getMessage()));
        }
    }

    /** Whether simulated stores are open on a day. */
    boolean areStoresOpen(LocalDate day) {
        return chains.areOpen(day);
    }

    private Source retail(RetailDefinition wanted, Optional<String> bookmark) {
        Chain chain;
        try {
            chain = chains.of(wanted.size(), wanted.seed());
        } catch (RetailException e) {
            throw new DefinitionException("source.retail", String.valueOf(e.getMessage()));
        }
        return new RetailSource(() -> new RetailSource.Setting(chain, Mix.of(chain, wanted.weights())),
                new RetailSource.Settings(wanted.shard(), wanted.shards(), wanted.start().orElse(Instant.EPOCH), wanted.end(),
                        wanted.speed(), RetailDefinition.PATIENCE),
                bookmark);
    }

    private Optional<ModelVersion> newest(String name) {
        return models.find(name).map(StreamSources::version);
    }

    private static ModelVersion version(StoredModel stored) {
        return new ModelVersion(stored.version(), stored.model(), stored.drift());
    }

    /** Forgets what was kept for a stream. */
    void forget(String stream) {
        pinned.forget(stream);
    }

    private String knownModels() {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        return names.isEmpty() ? "there are none yet" : "there are " + String.join(", ", names);
    }

    StreamTaps taps() {
        return taps;
    }
}
