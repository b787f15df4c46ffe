package io.freshet.stream.assembly;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.codec.BinaryFormat;
import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.kafka.channel.RecordsChannel;
import io.freshet.kafka.sink.KafkaProducers;
import io.freshet.kafka.sink.KafkaTarget;
import io.freshet.kafka.source.TopicBased;
import io.freshet.memory.MemoryBudget;
import io.freshet.retry.Backoff;
import io.freshet.sink.GuardedSink;
import io.freshet.sink.Sink;
import io.freshet.sink.SinkConfig;
import io.freshet.sink.file.FileKind;
import io.freshet.sink.file.FileLimits;
import io.freshet.sink.file.FileSink;
import io.freshet.sink.file.ParquetSink;
import io.freshet.sink.file.PartitionedSink;
import io.freshet.sink.live.LiveChannel;
import io.freshet.sink.live.WebSocketSink;
import io.freshet.source.PushBuffer;
import io.freshet.source.Source;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.DeliveryDefinition;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.StageDefinitions;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.table.Column;
import io.freshet.table.Schema;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Creates the sinks that a definition describes. All but those for WebSocket endpoints stand behind a guard with time-out,
 * retries and circuit breaker. Records
 * for Kafka then leave by the channel {@code records}, those for WebSocket endpoints by the channel {@code live}, those for
 * other brokers by channels of the configuration, and what a sink rejects by the channel {@code dead-letters}.
 */
@ApplicationScoped
public class StreamSinks {

    private final KafkaProducers kafka;
    private final RecordsChannel records;
    private final DatabaseSinks databases;
    private final LiveChannel live;
    private final DeadLetterQueue deadLetters;
    private final Channels channels;
    private final SinkConfig config;
    private final MemoryBudget memory;
    private final Executor executor = Threads.cached(ThreadKind.SINK);

    public StreamSinks(KafkaProducers kafka, RecordsChannel records, DatabaseSinks databases, LiveChannel live,
            DeadLetterQueue deadLetters, Channels channels, SinkConfig config, MemoryBudget memory) {
        this.memory = memory;
        this.kafka = kafka;
        this.records = records;
        this.databases = databases;
        this.live = live;
        this.deadLetters = deadLetters;
        this.channels = channels;
        this.config = config;
    }

    /**
     * Creates the sinks, each with its guard. Connections are opened when the first batch is delivered.
     *
     * @param start whether the stream begins or resumes
     * @throws DefinitionException if a sink is not configured, or needs something that the source does not provide
     */
    List<SinkTask> sinks(StreamDefinition definition, Source source, ResumePoint start, StreamMetrics metrics,
            StreamTime time) {
        Outgoing outgoing = check(definition, source.schema());
        List<String> names = definition.sinkNames();
        List<SinkTask> sinks = new ArrayList<>();
        for (SinkDefinition wanted : definition.sinks()) {
            int index = sinks.size();
            Sink sink = databases.sink(wanted, definition, index, start)
                    .orElseGet(() -> sink(wanted, definition, index, outgoing, source, start.run()));
            DeliveryDefinition delivery = wanted.delivery();
            sinks.add(new SinkTask(definition.name(), names.get(sinks.size()),
                    sink.isImmediate() ? sink : GuardedSink.wrap(sink, delivery.guard(config, sink.kind())),
                    delivery.queue(config), context(source.pushes(), delivery, metrics, time)));
        }
        return sinks;
    }

    private SinkTask.SinkContext context(Optional<PushBuffer> pushes, DeliveryDefinition delivery, StreamMetrics metrics,
            StreamTime time) {
        // the sink counts the records it rejects in either case
        DeadLetterQueue keeper = delivery.deadLetters() ? deadLetters : letters -> CompletableFuture.completedStage(null);
        return new SinkTask.SinkContext(new Backoff(config.failingDelay(), config.longestFailingDelay()),
                pushes.map(records -> PushReports.around(keeper, records)).orElse(keeper), metrics, time, executor, memory);
    }

    /**
     * The schemas of the records that reach the sinks.
     *
     * @param rows the columns, if the source generates rows and no stages change them
     * @param made the columns of the stages' output, as far as they are known
     */
    record Outgoing(Optional<Schema> rows, Optional<Schema> made) {

        static Outgoing of(StreamDefinition definition, Optional<Schema> source) {
            return definition.isStaged() ? new Outgoing(Optional.empty(), definition.stages().columns(source))
                    : new Outgoing(source, Optional.empty());
        }

        /**
         * Returns the columns that a format derives for records that are not rows; empty if they are rows, or the columns are
         * not known.
         */
        Optional<Schema> columns(Optional<Schema> said, StageDefinitions stages, String sink) {
            return rows.isPresent() ? Optional.empty()
                    : said.or(() -> stages.othersTo().contains(sink) ? Optional.empty() : made);
        }
    }

    Outgoing check(StreamDefinition definition, Optional<Schema> columns) {
        Outgoing outgoing = Outgoing.of(definition, columns);
        for (int i = 0; i < definition.sinks().size(); i++) {
            check(definition, i, outgoing);
            ExactlyOnceCheck.check(definition, i);
        }
        return outgoing;
    }

    private void check(StreamDefinition definition, int index, Outgoing outgoing) {
        SinkDefinition sink = definition.sinks().get(index);
        String path = "sinks[" + index + "]";
        if (sink instanceof SinkDefinition.ToKafka to) {
            if (kafka.servers().isEmpty()) {
                throw new DefinitionException(path + ".kafka",
                        "cannot be used, because Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
            }
            if (to.target().topic().isEmpty() && kafka.defaultTopic().isEmpty()) {
                throw new DefinitionException(path + ".kafka.topic", "is missing");
            }
            to.addresses().check(kafka.servers().orElse(""), kafka.registryUrl());
            to.target().key()
                    .ifPresent(key -> outgoing.rows().ifPresent(schema -> checkKey(key, path + ".kafka.key", schema)));
            to.target().timestamp()
                    .ifPresent(
                            field -> outgoing.rows().ifPresent(schema -> checkKey(field, path + ".kafka.timestamp", schema)));
            to.target().format().ifPresent(format -> checkFormat(format, path + ".kafka", outgoing,
                    outgoing.columns(to.columns(), definition.stages(), definition.sinkNames().get(index))));
        } else if (sink instanceof SinkDefinition.ToFile to) {
            file(to, path + ".file");
            checkFormat(to.format(), path + ".file.format", outgoing, definition, index);
        }
        if (sink instanceof SinkDefinition.ToChannel to) {
            channels.check(to.target(), path + ".channel");
        }
        if (sink instanceof SinkDefinition.ToTable to && to.target().fields().isEmpty() && outgoing.rows().isEmpty()) {
            throw new DefinitionException(path + ".table",
                    "cannot be used, because the records have no fixed columns; list the columns in fields");
        }
        databases.check(sink, path);
    }

    private static void checkFormat(SinkDefinition.FileFormat format, String path, Outgoing outgoing,
            StreamDefinition definition, int index) {
        if (outgoing.rows().isPresent()) {
            return;
        }
        if (format instanceof SinkDefinition.FileFormat.Csv csv && csv.fields().isEmpty()) {
            throw new DefinitionException(path,
                    "cannot be csv, because the records have no fixed columns; list the columns in fields");
        }
        if (format instanceof SinkDefinition.FileFormat.Parquet parquet && outgoing
                .columns(parquet.columns(), definition.stages(), definition.sinkNames().get(index)).isEmpty()) {
            throw new DefinitionException(path,
                    "cannot be parquet, because the columns of the records are not known; list them in "
                            + "fields: [ { name, type, nullable } ]");
        }
    }

    private void checkFormat(BinaryFormat format, String path, Outgoing outgoing, Optional<Schema> columns) {
        if (!kafka.hasRegistry()) {
            throw new DefinitionException(path + ".format", "cannot be " + format.id()
                    + ", because consumers could not decode it without a schema registry; set freshet.schema-registry.url");
        }
        if (outgoing.rows().isEmpty() && columns.isEmpty()) {
            throw new DefinitionException(path + ".format", "cannot be " + format.id()
                    + ", because the columns of the records are not known; list them in fields: [ { name, type, nullable } ]");
        }
    }

    private static void checkKey(String key, String path, Schema schema) {
        if (schema.indexOf(key) < 0) {
            throw new DefinitionException(path, "refers to an unknown column: " + key + "; expected one of "
                    + String.join(", ", schema.columns().stream().map(Column::name).toList()));
        }
    }

    private Sink sink(SinkDefinition sink, StreamDefinition definition, int index, Outgoing outgoing, Source source,
            String run) {
        String stream = definition.name();
        if (sink instanceof SinkDefinition.ToKafka to) {
            String id = stream + "." + index;
            Schema columns = outgoing.columns(to.columns(), definition.stages(), definition.sinkNames().get(index))
                    .orElse(null);
            KafkaTarget target = to.target().orTopic(kafka.defaultTopic().orElse(""));
            return records.to(target.exactlyOnce() && source instanceof TopicBased topic
                    ? kafka.sink(id, run, target, columns, topic.commitInTransactions(), topic.isDivisible())
                    : kafka.sink(id, run, target, columns));
        }
        if (sink instanceof SinkDefinition.ToFile to) {
            return fileSink(to, definition, index, outgoing);
        }
        if (sink instanceof SinkDefinition.ToChannel to) {
            return channels.sink(to.target());
        }
        if (sink instanceof SinkDefinition.ToWebSocket) {
            return new WebSocketSink(live, definition.recordName());
        }
        throw new IllegalStateException("no sink of the kind " + sink.kind());
    }

    private Sink fileSink(SinkDefinition.ToFile to, StreamDefinition definition, int index, Outgoing outgoing) {
        Path folder = folder("file");
        Path file = file(to, "file");
        FileLimits limits = to.size().limits(config);
        if (to.times().isPresent()) {
            return new PartitionedSink(folder, to.times().get(), fileKind(to, definition, index, outgoing, limits),
                    Clock.systemUTC());
        }
        if (to.format() instanceof SinkDefinition.FileFormat.Parquet parquet) {
            Schema columns = outgoing
                    .columns(parquet.columns(), definition.stages(), definition.sinkNames().get(index)).orElse(null);
            return new ParquetSink(folder, file, columns, parquet.compression(), limits);
        }
        return to.format() instanceof SinkDefinition.FileFormat.Csv csv
                ? new FileSink(folder, file, true, csv.fields(), limits)
                : new FileSink(folder, file, false, List.of(), limits);
    }

    private static FileKind fileKind(SinkDefinition.ToFile to, StreamDefinition definition, int index, Outgoing outgoing,
            FileLimits limits) {
        if (to.format() instanceof SinkDefinition.FileFormat.Parquet parquet) {
            return new FileKind.Parquet(outgoing.columns(parquet.columns(), definition.stages(),
                    definition.sinkNames().get(index)).orElse(null), parquet.compression(), limits);
        }
        return to.format() instanceof SinkDefinition.FileFormat.Csv csv ? FileKind.Csv.of(limits, csv.fields())
                : new FileKind.Ndjson(limits);
    }

    private Path folder(String path) {
        return config.filesFolder().orElseThrow(() -> new DefinitionException(path,
                "cannot be used, because no folder for files is configured; set freshet.sinks.files-folder")).toAbsolutePath()
                .normalize();
    }

    private Path file(SinkDefinition.ToFile to, String path) {
        Path folder = folder(path);
        Path file;
        try {
            file = folder.resolve(to.path()).normalize();
        } catch (InvalidPathException e) {
            throw new DefinitionException(path + ".path", "is not a path");
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new DefinitionException(path + ".path", "must be a relative path inside the folder for files");
        }
        return file;
    }
}
