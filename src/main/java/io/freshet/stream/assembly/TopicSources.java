package io.freshet.stream.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.kafka.source.ConsumerSettings;
import io.freshet.kafka.source.MessageDecoder;
import io.freshet.kafka.source.StartOffset;
import io.freshet.kafka.source.TopicBookmark;
import io.freshet.kafka.source.TopicConsumer;
import io.freshet.kafka.source.TopicMessage;
import io.freshet.kafka.source.TopicReader;
import io.freshet.kafka.source.TopicSampler;
import io.freshet.kafka.source.TopicSource;
import io.freshet.kafka.source.TwinSource;
import io.freshet.memory.MemoryBudget;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;
import io.freshet.source.Source;
import io.freshet.store.Models;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.LearningDefinition;
import io.freshet.stream.definition.TopicDefinition;
import io.freshet.stream.definition.TwinDefinition;
import io.freshet.stream.engine.ResumePoint;

/** Creates the sources that read topics. They connect when the first records are requested. */
@ApplicationScoped
public class TopicSources {

    private static final Logger LOG = Logger.getLogger(TopicSources.class);

    /** The timeout of one poll. It does not wait, so that messages that have arrived are consumed soon. */
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final int MAX_AT_ONCE = 500;
    private static final Duration SAMPLE_WAIT = Duration.ofMillis(200);

    private final KafkaConnection kafka;
    private final SchemaRegistry registry;
    private final DeadLetterQueue deadLetters;
    private final Models models;
    private final MemoryBudget memory;

    public TopicSources(KafkaConnection kafka, SchemaRegistry registry, DeadLetterQueue deadLetters, Models models,
            MemoryBudget memory) {
        this.memory = memory;
        this.models = models;
        this.kafka = kafka;
        this.registry = registry;
        this.deadLetters = deadLetters;
    }

    /**
     * Creates a source of the messages themselves.
     *
     * @param start whether the stream resumes: from the snapshot of its stages, otherwise after its committed offsets, and only
     *        then from the configured start
     * @throws DefinitionException if Kafka, or a schema registry that is needed, is not configured
     */
    Source of(String stream, TopicDefinition wanted, ResumePoint start) {
        TopicBookmark from = start.snapshot() ? start.bookmark().map(TopicSources::bookmark).orElse(TopicBookmark.NONE)
                : TopicBookmark.NONE;
        return new TopicSource(intake(stream, wanted, "source.kafka", start.restored(), from), wanted.automatic(),
                wanted.maxWait());
    }

    /**
     * Creates a source of synthetic rows in place of the messages.
     *
     * @throws DefinitionException as {@link #of}
     */
    Source twin(String stream, TwinDefinition wanted, boolean restored, int capacity) {
        LearningDefinition learning = wanted.learning();
        TwinSource.Settings settings = new TwinSource.Settings(stream, learning.ratio(), learning.influence(),
                learning.method(), learning.minRows(), learning.every(), learning.seed(), capacity);
        return new TwinSource(settings, intake(stream, wanted.topic(), "source.twin", restored, TopicBookmark.NONE),
                new StoredLearningModel(models, learning.model().orElse(stream)));
    }

    private static TopicBookmark bookmark(String text) {
        try {
            return TopicBookmark.parse(text);
        } catch (IllegalArgumentException e) {
            LOG.errorf("Positions in the topic could not be restored; the stream resumes after its committed offsets: %s",
                    text);
            return TopicBookmark.NONE;
        }
    }

    private TopicReader intake(String stream, TopicDefinition wanted, String path, boolean restored, TopicBookmark from) {
        if (kafka.servers().isEmpty()) {
            throw new DefinitionException(path, "cannot be used, because Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
        }
        if (wanted.avro() && !registry.isConfigured()) {
            throw new DefinitionException(path + ".format",
                    "cannot be avro without a schema registry; set freshet.schema-registry.url");
        }
        TopicConsumer.Settings topic = new TopicConsumer.Settings(wanted.topic(), wanted.group().orElse("freshet-" + stream),
                restored ? StartOffset.COMMITTED : wanted.start(), MAX_AT_ONCE, NO_WAIT, false);
        TopicReader.Refusals refusals = wanted.keepsMalformed()
                ? (message, reason) -> deadLetters.publish(List.of(letter(stream, wanted.topic(), message, reason)))
                : (message, reason) -> CompletableFuture.completedStage(null);
        return new TopicReader(stream, topic, from,
                (settings, begin) -> new TopicConsumer(client(wanted.settings()), settings, begin),
                new MessageDecoder(wanted.avro(), registry::schema), refusals, memory);
    }

    /**
     * Reads some messages of a topic as JSON, in a consumer group of its own, and commits nothing.
     *
     * @param patience how long to wait for them
     * @throws UncheckedIOException if a temporary file cannot be written
     */
    public List<String> sample(TopicDefinition wanted, int max, Duration patience) {
        StartOffset start = wanted.start() == StartOffset.NOW ? StartOffset.NOW
                : StartOffset.BEGINNING;
        TopicConsumer.Settings settings = new TopicConsumer.Settings(wanted.topic(), "freshet-dry-run-" + UUID.randomUUID(),
                start, max, SAMPLE_WAIT, false);
        try {
            Path file = Files.createTempFile("freshet-dry-run-", ".ndjson");
            try (TopicConsumer consumer = new TopicConsumer(client(wanted.settings()), settings)) {
                new TopicSampler(wanted.avro(), registry::schema).collect(consumer, max, patience, file);
                return Files.readAllLines(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> client(Map<String, String> own) {
        Map<String, Object> client = ConsumerSettings.defaults();
        client.putAll(kafka.consumerSettings());
        client.putAll(own);
        return client;
    }

    /** Creates a dead letter whose redelivery writes the message to its topic again. */
    private static DeadLetter letter(String stream, String topic, TopicMessage message, String reason) {
        return new DeadLetter(
                new DeadLetter.Address(stream, message.offset(), "kafka-source-" + message.partition(), DeadLetter.KAFKA,
                        topic),
                new DeadLetter.Cause(FailureCode.MALFORMED, "malformed: " + reason, 1, Instant.now()),
                new DeadLetter.Content(message.key(), message.value(), message.headers(), OptionalLong.of(message.time())));
    }
}
