package io.freshet.stream;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ConditionException;
import io.freshet.retail.Chain;
import io.freshet.retail.Mix;
import io.freshet.retail.RetailException;
import io.freshet.sink.DeadLetterKeeper;
import io.freshet.sink.FileSink;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.KafkaProducers;
import io.freshet.sink.KafkaTarget;
import io.freshet.sink.LiveFeed;
import io.freshet.sink.Sink;
import io.freshet.sink.SinkConfig;
import io.freshet.sink.WebSocketSink;
import io.freshet.source.ChaosSource;
import io.freshet.source.ModelSource;
import io.freshet.source.ModelVersion;
import io.freshet.source.PatternSource;
import io.freshet.source.RetailChains;
import io.freshet.source.RetailSource;
import io.freshet.source.ScoredSource;
import io.freshet.source.Source;
import io.freshet.stage.StageChain;
import io.freshet.store.Models;
import io.freshet.store.PinnedModels;
import io.freshet.store.StoredModel;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/** Makes the source and the sinks that a definition describes. */
@ApplicationScoped
public class StreamParts {

    private final Models models;
    private final PinnedModels pinned;
    private final LiveFeed feed;
    private final KafkaProducers kafka;
    private final SinkConfig config;
    private final DeadLetterKeeper deadLetters;
    private final KeptSinks kept;
    private final FeedSources feeds;
    private final Executor executor = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sink");
        thread.setDaemon(true);
        return thread;
    });

    private final LiveScoresConfig liveScores;
    private final RetailChains chains;
    private final TopicSources topics;
    private final StageTools tools;
    private final StreamTaps taps;

    public StreamParts(Models models, PinnedModels pinned, LiveFeed feed, KafkaProducers kafka, SinkConfig config,
            LiveScoresConfig liveScores, RetailChains chains, DeadLetterKeeper deadLetters, TopicSources topics,
            StageTools tools, KeptSinks kept, StreamTaps taps,
            FeedSources feeds) {
        this.models = models;
        this.pinned = pinned;
        this.feed = feed;
        this.kafka = kafka;
        this.config = config;
        this.deadLetters = deadLetters;
        this.kept = kept;
        this.feeds = feeds;
        this.liveScores = liveScores;
        this.chains = chains;
        this.topics = topics;
        this.tools = tools;
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
            return topics.of(definition.name(), topic, start.restored());
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
            ModelSource source = new ModelSource(version(first),
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

    /**
     * Whether a stream of this definition could be started; of a topic only its sinks are looked at.
     *
     * @throws DefinitionException if not
     */
    void check(StreamDefinition definition, StreamTime time) {
        stages(definition, time);
        if (definition.source().readsTopic()) {
            checkSinks(definition, Optional.empty());
            return;
        }
        try (Source source = source(definition, StartingPoint.NEW)) {
            checkFields(definition, source);
            checkSinks(definition, source.schema());
        }
    }

    /** What stages make of rows has no fixed columns. */
    private void checkSinks(StreamDefinition definition, Optional<Schema> columns) {
        Optional<Schema> schema = definition.stages().isEmpty() ? columns : Optional.empty();
        for (int i = 0; i < definition.sinks().size(); i++) {
            check(definition.sinks().get(i), "sinks[" + i + "]", schema, definition.source().readsTopic());
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
        return models.find(name).map(StreamParts::version);
    }

    private static ModelVersion version(StoredModel stored) {
        return new ModelVersion(stored.version(), stored.model());
    }

    StreamTaps taps() {
        return taps;
    }

    /** Forgets what was kept for a stream. */
    void forget(String stream) {
        pinned.forget(stream);
    }

    private String knownModels() {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        return names.isEmpty() ? "there are none yet" : "there are " + String.join(", ", names);
    }

    /**
     * The stages; null if there are none.
     *
     * @throws DefinitionException if a stage needs what is not configured here
     */
    @Nullable
    Staging stages(StreamDefinition definition, StreamTime time) {
        StageDefinitions wanted = definition.stages();
        if (wanted.isEmpty()) {
            return null;
        }
        StageChain chain = new StageChain(wanted.stages().stream().map(stage -> stage.make(tools)).toList(), time::nanos);
        for (int i = 0; i < definition.sinks().size() && chain.keepsState(); i++) {
            if (definition.sinks().get(i) instanceof SinkDefinition.ToKafka to && to.target().exactlyOnce()) {
                throw new DefinitionException("sinks[" + i + "].kafka.exactlyOnce",
                        "cannot be had with stages that keep something, such as windows: their state is no part of the transaction");
            }
        }
        return new Staging(definition.name(), chain, wanted.routedTo(), deadLetters, time);
    }

    /**
     * @throws DefinitionException if a stage reads a field that the records of the source do not have
     */
    void checkFields(StreamDefinition definition, Source source) {
        definition.stages().uses().check(source.schema().map(StreamParts::names).orElse(null));
    }

    private static Set<String> names(Schema schema) {
        Set<String> names = new TreeSet<>();
        schema.columns().forEach(column -> {
            names.add(column.name());
            names.add(column.path().get(0));
        });
        return names;
    }

    /**
     * The sinks, each with its guard. Nothing connects or is opened before the first batch.
     *
     * @param start whether the stream begins anew
     * @throws DefinitionException if a sink is not configured here, or wants what the source does not give
     */
    List<SinkRun> sinks(StreamDefinition definition, Source source, StartingPoint start, StreamMetrics metrics,
            StreamTime time) {
        checkSinks(definition, source.schema());
        SinkRun.Surroundings surroundings = new SinkRun.Surroundings(
                new SinkRun.Patience(config.failingDelay(), config.longestFailingDelay()), deadLetters, metrics, time,
                executor);
        List<String> names = definition.sinkNames();
        List<SinkRun> sinks = new ArrayList<>();
        for (SinkDefinition wanted : definition.sinks()) {
            int index = sinks.size();
            Sink sink = kept.sink(wanted, definition.name(), index, !start.restored())
                    .orElseGet(() -> sink(wanted, definition, index));
            DeliveryDefinition delivery = wanted.delivery();
            sinks.add(new SinkRun(definition.name(), names.get(sinks.size()),
                    sink.isImmediate() ? sink : GuardedSink.wrap(sink, delivery.guard(config, sink.kind())),
                    delivery.queue(config), surroundings));
        }
        return sinks;
    }

    private void check(SinkDefinition sink, String path, Optional<Schema> schema, boolean topic) {
        if (sink instanceof SinkDefinition.ToKafka to) {
            if (kafka.servers().isEmpty()) {
                throw new DefinitionException(path + ".kafka",
                        "cannot be used: Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
            }
            if (to.target().exactlyOnce() && topic) {
                throw new DefinitionException(path + ".kafka.exactlyOnce", "cannot be had of a topic yet: "
                        + "what was read and what was written are not committed together");
            }
            checkTarget(to.target(), path + ".kafka", schema);
        } else if (sink instanceof SinkDefinition.ToFile to) {
            file(to, path + ".file");
            if (to.csv() && schema.isEmpty()) {
                throw new DefinitionException(path + ".file.format", "cannot be csv: the records have no fixed columns");
            }
        }
        kept.check(sink, path);
    }

    private void checkTarget(KafkaTarget target, String path, Optional<Schema> columns) {
        target.key().ifPresent(key -> columns.ifPresent(schema -> checkKey(key, path + ".key", schema)));
        target.format().ifPresent(format -> {
            if (!kafka.hasRegistry()) {
                throw new DefinitionException(path + ".format", "cannot be " + format.id()
                        + ": nobody could read it without a schema registry; set freshet.schema-registry.url");
            }
            if (columns.isEmpty()) {
                throw new DefinitionException(path + ".format",
                        "cannot be " + format.id() + ": the records have no fixed columns");
            }
        });
    }

    private static void checkKey(String key, String path, Schema schema) {
        if (schema.indexOf(key) < 0) {
            throw new DefinitionException(path, "names no column: " + key + "; there are "
                    + String.join(", ", schema.columns().stream().map(Column::name).toList()));
        }
    }

    private Sink sink(SinkDefinition sink, StreamDefinition definition, int index) {
        String stream = definition.name();
        if (sink instanceof SinkDefinition.ToKafka to) {
            // messages of several partitions may come in another order after a restart: an index says nothing of them
            boolean renumbered = definition.source() instanceof TopicDefinition;
            return kafka.sink(stream + "." + index, renumbered ? to.target().withoutIds() : to.target());
        }
        if (sink instanceof SinkDefinition.ToFile to) {
            return new FileSink(folder("file"), file(to, "file"), to.csv());
        }
        return new WebSocketSink(feed, stream);
    }

    private Path folder(String path) {
        return config.filesFolder().orElseThrow(() -> new DefinitionException(path,
                "cannot be used: no folder for files is configured; set freshet.sinks.files-folder")).toAbsolutePath()
                .normalize();
    }

    private Path file(SinkDefinition.ToFile to, String path) {
        Path folder = folder(path);
        Path file;
        try {
            file = folder.resolve(to.path()).normalize();
        } catch (InvalidPathException e) {
            throw new DefinitionException(path + ".path", "is no path");
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new DefinitionException(path + ".path", "must be a relative path inside the folder for files");
        }
        return file;
    }
}
