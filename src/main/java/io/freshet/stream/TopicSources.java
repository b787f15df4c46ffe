package io.freshet.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterKeeper;
import io.freshet.sink.KafkaConnection;
import io.freshet.sink.SchemaRegistry;
import io.freshet.source.ConsumerSettings;
import io.freshet.source.MessageDecoder;
import io.freshet.source.Source;
import io.freshet.source.TopicBookmark;
import io.freshet.source.TopicConsumer;
import io.freshet.source.TopicIntake;
import io.freshet.source.TopicSource;
import io.freshet.source.TwinSource;
import io.freshet.store.Models;

/** Makes the sources that read topics. Nothing connects before the first records are wanted. */
@ApplicationScoped
public class TopicSources {

    private static final Logger LOG = Logger.getLogger(TopicSources.class);

    /** Of one reading: it waits no longer, so that what came is taken soon. */
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final int MOST_AT_ONCE = 500;

    private final KafkaConnection kafka;
    private final SchemaRegistry registry;
    private final DeadLetterKeeper deadLetters;
    private final Models models;

    public TopicSources(KafkaConnection kafka, SchemaRegistry registry, DeadLetterKeeper deadLetters, Models models) {
        this.models = models;
        this.kafka = kafka;
        this.registry = registry;
        this.deadLetters = deadLetters;
    }

    /**
     * The messages themselves.
     *
     * @param start whether the stream goes on: where what its stages keep was taken, else behind what it has committed,
     *        wherever it once began
     * @throws DefinitionException if Kafka is not configured, or a schema registry that is needed
     */
    Source of(String stream, TopicDefinition wanted, StartingPoint start) {
        TopicBookmark from = start.snapshot() ? start.bookmark().map(TopicSources::bookmark).orElse(TopicBookmark.NONE)
                : TopicBookmark.NONE;
        return new TopicSource(intake(stream, wanted, "source.kafka", start.restored(), from), wanted.automatic(),
                wanted.maxWait());
    }

    /**
     * Synthetic rows in their place.
     *
     * @throws DefinitionException as {@link #of}
     */
    Source twin(String stream, TwinDefinition wanted, boolean restored, int capacity) {
        TwinSource.Settings settings = new TwinSource.Settings(stream, wanted.ratio(), wanted.influence(), wanted.method(),
                wanted.minRows(), wanted.every(), wanted.seed(), capacity);
        return new TwinSource(settings, intake(stream, wanted.topic(), "source.twin", restored, TopicBookmark.NONE),
                new KeptModel(models, wanted.model().orElse(stream)));
    }

    private static TopicBookmark bookmark(String text) {
        try {
            return TopicBookmark.parse(text);
        } catch (IllegalArgumentException e) {
            LOG.errorf("Where a stream was in its topic is lost; it goes on behind what it has committed: %s", text);
            return TopicBookmark.NONE;
        }
    }

    private TopicIntake intake(String stream, TopicDefinition wanted, String path, boolean restored, TopicBookmark from) {
        if (kafka.servers().isEmpty()) {
            throw new DefinitionException(path, "cannot be used: Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
        }
        if (wanted.avro() && !registry.isConfigured()) {
            throw new DefinitionException(path + ".format",
                    "cannot be avro: it needs a schema registry; set freshet.schema-registry.url");
        }
        TopicConsumer.Settings topic = new TopicConsumer.Settings(wanted.topic(), wanted.group().orElse("freshet-" + stream),
                restored ? TopicConsumer.Start.COMMITTED : wanted.start(), MOST_AT_ONCE, NO_WAIT, false);
        TopicIntake.Refusals refusals = wanted.keepsMalformed()
                ? (message, reason) -> deadLetters.keep(List.of(letter(stream, wanted.topic(), message, reason)))
                : (message, reason) -> CompletableFuture.completedStage(null);
        return new TopicIntake(stream, topic, from,
                (settings, begin) -> new TopicConsumer(client(wanted.settings()), settings, begin),
                new MessageDecoder(wanted.avro(), registry::schema), refusals);
    }

    private Map<String, Object> client(Map<String, String> own) {
        Map<String, Object> client = ConsumerSettings.defaults();
        client.putAll(kafka.consumerSettings());
        client.putAll(own);
        return client;
    }

    /** Delivered again, it comes to its topic again. */
    private static DeadLetter letter(String stream, String topic, TopicConsumer.Message message, String reason) {
        byte[] value = message.value();
        return new DeadLetter(
                new DeadLetter.Address(stream, message.offset(), "kafka-source-" + message.partition(), topic),
                new DeadLetter.Cause("malformed: " + reason, 1, Instant.now()), message.key(),
                value == null ? new byte[0] : value);
    }
}
