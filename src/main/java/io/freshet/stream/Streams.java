package io.freshet.stream;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.model.ConditionException;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.sink.FileSink;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.KafkaProducers;
import io.freshet.sink.KafkaSink;
import io.freshet.sink.LiveFeed;
import io.freshet.sink.Sink;
import io.freshet.sink.SinkConfig;
import io.freshet.sink.WebSocketSink;
import io.freshet.source.ModelSource;
import io.freshet.source.PatternSource;
import io.freshet.source.Source;
import io.freshet.store.History;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamStore.SavedStream;

/** All streams of this process. */
@ApplicationScoped
public class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class);
    private static final long DRAIN_MILLIS = 10_000;

    private final Models models;
    private final StreamStore store;
    private final History history;
    private final LiveFeed feed;
    private final KafkaProducers kafka;
    private final SinkConfig sinkConfig;
    private final StreamMeters meters;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Stream> streams = new ConcurrentSkipListMap<>();

    @SuppressWarnings("PMD.ExcessiveParameterList")
    public Streams(Models models, StreamStore store, History history, LiveFeed feed, KafkaProducers kafka,
            SinkConfig sinkConfig, StreamMeters meters) {
        this.models = models;
        this.store = store;
        this.history = history;
        this.feed = feed;
        this.kafka = kafka;
        this.sinkConfig = sinkConfig;
        this.meters = meters;
    }

    /**
     * Starts a stream.
     *
     * @throws DefinitionException if it names something there is not, or a stream of this name is there already
     */
    public Stream create(StreamDefinition definition) {
        return start(definition, 0, true);
    }

    private synchronized Stream start(StreamDefinition definition, long position, boolean running) {
        if (streams.containsKey(definition.name())) {
            throw new DefinitionException("name", definition.name() + " is the name of a stream that is there already");
        }
        Source source = source(definition);
        List<SinkRun> sinks = new ArrayList<>();
        StreamMetrics metrics = meters.of(definition.name());
        for (int i = 0; i < definition.sinks().size(); i++) {
            Sink sink = sink(definition, i);
            sinks.add(new SinkRun(definition.name(), GuardedSink.wrap(sink, sinkConfig), sinkConfig.failingDelay(), metrics));
        }
        Stream stream = new Stream(definition,
                new Stream.Parts(source, sinks, metrics, batch -> history.add(definition.name(), batch.json())), position,
                clock);
        streams.put(definition.name(), stream);
        meters.watch(stream);
        if (!running) {
            stream.pause();
        }
        stream.start();
        save(stream);
        LOG.infof("A stream was started: stream=%s position=%d", definition.name(), position);
        return stream;
    }

    private Source source(StreamDefinition definition) {
        if (definition.source() instanceof SourceDefinition.OfPattern pattern) {
            return new PatternSource(pattern.seed(), clock);
        }
        SourceDefinition.OfModel wanted = (SourceDefinition.OfModel) definition.source();
        SynthesisModel model = models.find(wanted.model()).map(StoredModel::model).orElseThrow(() -> new DefinitionException(
                "source.model", "there is no model " + wanted.model() + "; " + knownModels()));
        checkKeys(definition, model);
        try {
            RowGenerator generator = model.generator(wanted.seed(), wanted.conditions());
            return new ModelSource(generator, Math.min(Stream.MOST_SLICE, definition.pace().batchSize()));
        } catch (ConditionException e) {
            throw new DefinitionException("source.conditions." + e.column(), String.valueOf(e.getMessage()));
        }
    }

    private String knownModels() {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        return names.isEmpty() ? "there are none yet" : "there are " + String.join(", ", names);
    }

    private static void checkKeys(StreamDefinition definition, SynthesisModel model) {
        for (int i = 0; i < definition.sinks().size(); i++) {
            if (definition.sinks().get(i) instanceof SinkDefinition.ToKafka sink && sink.key().isPresent()
                    && model.schema().indexOf(sink.key().get()) < 0) {
                throw new DefinitionException("sinks[" + i + "].kafka.key", "there is no column " + sink.key().get()
                        + "; there are " + model.schema().columns().stream().map(c -> c.name()).toList());
            }
        }
    }

    private Sink sink(StreamDefinition definition, int index) {
        SinkDefinition sink = definition.sinks().get(index);
        if (sink instanceof SinkDefinition.ToKafka to) {
            if (kafka.servers().isEmpty()) {
                throw new DefinitionException("sinks[" + index + "].kafka",
                        "cannot be used: Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
            }
            return new KafkaSink(kafka, to.topic(), to.key().orElse(null));
        }
        if (sink instanceof SinkDefinition.ToFile to) {
            return new FileSink(file(to, index), csv(definition, to, index));
        }
        return new WebSocketSink(feed, definition.name());
    }

    private static boolean csv(StreamDefinition definition, SinkDefinition.ToFile to, int index) {
        if (to.csv() && definition.source() instanceof SourceDefinition.OfPattern) {
            throw new DefinitionException("sinks[" + index + "].file.format", "csv needs the columns of a model; use ndjson");
        }
        return to.csv();
    }

    private Path file(SinkDefinition.ToFile to, int index) {
        String path = "sinks[" + index + "].file";
        Path folder = sinkConfig.filesFolder().orElseThrow(() -> new DefinitionException(path,
                "cannot be used: no folder for files is configured; set freshet.sinks.files-folder")).toAbsolutePath()
                .normalize();
        Path file;
        try {
            file = folder.resolve(to.path()).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw new DefinitionException(path + ".path", "is no path");
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new DefinitionException(path + ".path", "must be a relative path inside the folder for files");
        }
        return file;
    }

    public Optional<Stream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** All streams, by name. */
    public List<Stream> list() {
        return List.copyOf(streams.values());
    }

    /** Stops a stream and forgets it; false if there is none. */
    public synchronized boolean delete(String name) {
        Stream stream = streams.remove(name);
        if (stream == null) {
            return false;
        }
        stream.stop();
        stream.awaitEnd(DRAIN_MILLIS);
        meters.forget(stream);
        history.forget(name);
        store.delete(name);
        return true;
    }

    /** Writes down where every stream is. */
    public void saveAll() {
        streams.values().forEach(this::save);
    }

    private void save(Stream stream) {
        store.save(stream.name(),
                new SavedStream(stream.definition().json(), stream.position(), stream.state().id()));
    }

    /** Starts the streams again that were running or paused when the process ended. */
    public void restore() {
        store.load().forEach((name, saved) -> {
            boolean ended = saved.state().equals(StreamState.COMPLETED.id()) || saved.state().equals(StreamState.STOPPED.id());
            if (ended || streams.containsKey(name)) {
                return;
            }
            try {
                start(StreamDefinition.parse(saved.definition()), saved.position(),
                        !saved.state().equals(StreamState.PAUSED.id()));
            } catch (DefinitionException e) {
                LOG.errorf("A stream was not restored: stream=%s reason=%s", name, String.valueOf(e.getMessage()));
            }
        });
    }

    /** Lets no new records go, waits for the sinks, writes down the positions. */
    public void shutDown() {
        Map<String, String> states = new ConcurrentSkipListMap<>();
        streams.values().forEach(stream -> states.put(stream.name(), stream.state().id()));
        streams.values().forEach(Stream::stop);
        streams.values().forEach(stream -> {
            stream.awaitEnd(DRAIN_MILLIS);
            store.save(stream.name(), new SavedStream(stream.definition().json(), stream.position(),
                    states.getOrDefault(stream.name(), StreamState.STOPPED.id())));
        });
    }
}
