package io.freshet.stream;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.codec.BinaryFormat;
import io.freshet.sink.DeadLetterKeeper;
import io.freshet.sink.FileSink;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.KafkaProducers;
import io.freshet.sink.LiveFeed;
import io.freshet.sink.Sink;
import io.freshet.sink.SinkConfig;
import io.freshet.sink.WebSocketSink;
import io.freshet.source.Source;
import io.freshet.source.TopicBased;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/** Makes the sinks that a definition describes. */
@ApplicationScoped
public class StreamSinks {

    private final KafkaProducers kafka;
    private final KeptSinks kept;
    private final LiveFeed feed;
    private final DeadLetterKeeper deadLetters;
    private final SinkConfig config;
    private final Executor executor = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sink");
        thread.setDaemon(true);
        return thread;
    });

    public StreamSinks(KafkaProducers kafka, KeptSinks kept, LiveFeed feed, DeadLetterKeeper deadLetters, SinkConfig config) {
        this.kafka = kafka;
        this.kept = kept;
        this.feed = feed;
        this.deadLetters = deadLetters;
        this.config = config;
    }

    /**
     * The sinks, each with its guard. Nothing connects or is opened before the first batch.
     *
     * @param start whether the stream begins anew
     * @throws DefinitionException if a sink is not configured here, or wants what the source does not give
     */
    List<SinkRun> sinks(StreamDefinition definition, Source source, StartingPoint start, StreamMetrics metrics,
            StreamTime time) {
        Outgoing outgoing = check(definition, source.schema());
        SinkRun.Surroundings surroundings = new SinkRun.Surroundings(
                new SinkRun.Patience(config.failingDelay(), config.longestFailingDelay()), deadLetters, metrics, time,
                executor);
        List<String> names = definition.sinkNames();
        List<SinkRun> sinks = new ArrayList<>();
        for (SinkDefinition wanted : definition.sinks()) {
            int index = sinks.size();
            Sink sink = kept.sink(wanted, definition, index, !start.restored())
                    .orElseGet(() -> sink(wanted, definition, index, outgoing, source));
            DeliveryDefinition delivery = wanted.delivery();
            sinks.add(new SinkRun(definition.name(), names.get(sinks.size()),
                    sink.isImmediate() ? sink : GuardedSink.wrap(sink, delivery.guard(config, sink.kind())),
                    delivery.queue(config), surroundings));
        }
        return sinks;
    }

    /**
     * What comes to the sinks.
     *
     * @param rows the columns, where the source makes rows and no stages change them
     * @param made the columns of what stages make, as far as it is known
     */
    record Outgoing(Optional<Schema> rows, Optional<Schema> made) {

        static Outgoing of(StreamDefinition definition, Optional<Schema> source) {
            return definition.isStaged() ? new Outgoing(Optional.empty(), definition.stages().columns(source))
                    : new Outgoing(source, Optional.empty());
        }

        /** The columns that a format makes of records that are no rows; empty if they are rows, or nobody knows. */
        Optional<Schema> columns(SinkDefinition.ToKafka to, StageDefinitions stages, String sink) {
            return rows.isPresent() ? Optional.empty()
                    : to.columns().or(() -> stages.othersTo().contains(sink) ? Optional.empty() : made);
        }
    }

    Outgoing check(StreamDefinition definition, Optional<Schema> columns) {
        Outgoing outgoing = Outgoing.of(definition, columns);
        for (int i = 0; i < definition.sinks().size(); i++) {
            check(definition, i, outgoing);
            ReadTogether.check(definition, i);
        }
        return outgoing;
    }

    private void check(StreamDefinition definition, int index, Outgoing outgoing) {
        SinkDefinition sink = definition.sinks().get(index);
        String path = "sinks[" + index + "]";
        if (sink instanceof SinkDefinition.ToKafka to) {
            if (kafka.servers().isEmpty()) {
                throw new DefinitionException(path + ".kafka",
                        "cannot be used: Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
            }
            to.target().key()
                    .ifPresent(key -> outgoing.rows().ifPresent(schema -> checkKey(key, path + ".kafka.key", schema)));
            to.target().format().ifPresent(format -> checkFormat(format, path + ".kafka", outgoing,
                    outgoing.columns(to, definition.stages(), definition.sinkNames().get(index))));
        } else if (sink instanceof SinkDefinition.ToFile to) {
            file(to, path + ".file");
            if (to.csv() && to.fields().isEmpty() && outgoing.rows().isEmpty()) {
                throw new DefinitionException(path + ".file.format",
                        "cannot be csv: the records have no fixed columns; say which it has in fields");
            }
        }
        kept.check(sink, path);
    }

    private void checkFormat(BinaryFormat format, String path, Outgoing outgoing, Optional<Schema> columns) {
        if (!kafka.hasRegistry()) {
            throw new DefinitionException(path + ".format", "cannot be " + format.id()
                    + ": nobody could read it without a schema registry; set freshet.schema-registry.url");
        }
        if (outgoing.rows().isEmpty() && columns.isEmpty()) {
            throw new DefinitionException(path + ".format", "cannot be " + format.id()
                    + ": it is not known which columns the records have; say it in fields: [ { name, type, nullable } ]");
        }
    }

    private static void checkKey(String key, String path, Schema schema) {
        if (schema.indexOf(key) < 0) {
            throw new DefinitionException(path, "names no column: " + key + "; there are "
                    + String.join(", ", schema.columns().stream().map(Column::name).toList()));
        }
    }

    private Sink sink(SinkDefinition sink, StreamDefinition definition, int index, Outgoing outgoing, Source source) {
        String stream = definition.name();
        if (sink instanceof SinkDefinition.ToKafka to) {
            String id = stream + "." + index;
            Schema columns = outgoing.columns(to, definition.stages(), definition.sinkNames().get(index)).orElse(null);
            return to.target().exactlyOnce() && source instanceof TopicBased topic
                    ? ReadTogether.of(topic, read -> kafka.sink(id, to.target(), columns, read))
                    : kafka.sink(id, to.target(), columns);
        }
        if (sink instanceof SinkDefinition.ToFile to) {
            return new FileSink(folder("file"), file(to, "file"), to.csv(), to.fields());
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
