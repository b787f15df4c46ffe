package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Logger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.deadletter.KeptLetters;
import io.freshet.retry.Backoff;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.RecordHeaders;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.stream.engine.VirtualTime;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class StreamHooksQuarkusTest {

    /** Collects the events of one stream, because it observes those of all tests. */
    @Singleton
    static class Observer {

        private static final String STREAM = "hooked";
        private final List<JsonNode> receipts = new CopyOnWriteArrayList<>();
        private final List<BatchSent> sent = new CopyOnWriteArrayList<>();
        private final AtomicLong generated = new AtomicLong();
        private final AtomicLong sentOfRefused = new AtomicLong();

        void generated(@Observes EventGenerated event) {
            if (!event.stream().equals(STREAM)) {
                return;
            }
            generated.incrementAndGet();
            if (event.json().startsWith("{\"event_type\":\"receipt_created\"")) {
                JsonNode receipt = Definitions.yaml(event.json());
                if (receipt.at("/payload/total").asDouble() > 100) {
                    receipts.add(receipt);
                }
            }
            if (event.position() == 7) {
                throw new IllegalStateException("an observer with a mistake");
            }
        }

        void sent(@Observes BatchSent batch) {
            if (batch.stream().equals(STREAM)) {
                sent.add(batch);
            } else if (batch.stream().equals("refused")) {
                sentOfRefused.incrementAndGet();
            }
        }
    }

    @Inject
    Streams streams;

    @Inject
    StreamHooks hooks;

    @Inject
    Observer observer;

    @Inject
    FailureObserver failures;

    /** An observer that fails. */
    @Singleton
    static class FailureObserver {
        private final List<DeliveryFailed> failed = new CopyOnWriteArrayList<>();

        void failed(@Observes DeliveryFailed failure) {
            failed.add(failure);
        }

        private List<DeliveryFailed> of(String stream) {
            return failed.stream().filter(failure -> failure.stream().equals(stream)).toList();
        }
    }

    @Test
    void observersReceiveEvents() {
        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: hooked, source: {retail: {stores: 10, start: "2026-03-18", speed: max}}, pace: {maxRecords: 60000},
                 sinks: [websocket: {}]}""")));
        await().until(() -> stream.state() == StreamState.COMPLETED);

        assertThat(observer.generated).hasValue(60_000);
        assertThat(observer.receipts).hasSizeGreaterThan(5)
                .allMatch(receipt -> receipt.get("partition_key").asText().startsWith("store_"));
        assertThat(observer.sent.stream().mapToInt(BatchSent::records).sum()).isEqualTo(60_000);
        assertThat(observer.sent).allMatch(batch -> batch.records() <= 256 && batch.sink().equals("websocket"));
        streams.delete("hooked");
    }

    @Test
    void theExampleOfTheDocumentationLogsLargeReceipts() throws IOException {
        String example = Files.readString(Path.of("src/test/java/io/freshet/stream/LargeReceipts.java"));
        assertThat(Files.readString(Path.of("src/main/docs/how-to/embed-in-java.md")))
                .contains(example.substring(example.indexOf("@ApplicationScoped")));
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord entry) {
                logged.add(entry.getFormattedMessage());
            }
        };
        Logger logger = Logger.getLogger(LargeReceipts.class.getName());
        logger.addHandler(handler);
        try {
            Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                    {name: receipts, source: {retail: {stores: 10, start: "2026-03-18T09:00:00Z", speed: max}},
                     pace: {maxRecords: 30000}, sinks: [websocket: {}]}""")));
            await().until(() -> stream.state() == StreamState.COMPLETED);
        } finally {
            logger.removeHandler(handler);
            streams.delete("receipts");
        }

        assertThat(logged).isNotEmpty().allMatch(line -> line.matches("A large receipt: receipt=\\S+ total=\\d{3,}\\.\\d+"));
    }

    @Test
    void observersReceiveFailures() {
        SinkTask run = run("failing", new Delivery.TransientFailure("no broker"));
        run.stop();

        await().until(() -> failures.of("failing").size() == 2);
        assertThat(failures.of("failing")).containsExactly(new DeliveryFailed("failing", "recording", 12, "no broker"),
                new DeliveryFailed("failing", "recording", 12, "abandoned, because the stream was stopped"));
    }

    @Test
    void observersReceivePermanentRejections() {
        run("refused", new Delivery.PermanentFailure("too large"));

        await().until(() -> !failures.of("refused").isEmpty());
        assertThat(failures.of("refused")).containsExactly(new DeliveryFailed("refused", "recording", 12, "too large"));
        assertThat(observer.sentOfRefused).hasValue(0);
    }

    /** Runs a sink that has completed twelve records with this outcome. */
    private SinkTask run(String stream, Delivery outcome) {
        VirtualTime time = new VirtualTime();
        RecordingSink sink = new RecordingSink(time);
        sink.outcomes = position -> outcome;
        SinkTask run = new SinkTask(stream, sink.kind(), sink,
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()),
                new SinkTask.SinkContext(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), new KeptLetters(),
                        hooks.around(stream, StreamMetrics.NONE), time, Runnable::run));
        RecordBatch records = new PatternSource(1, 12).next(0, 12, null);
        EncodedRecords json = EncodedRecords.create();
        new JsonEncoder().encode(records, null, json);
        run.accept(new EncodedBatch(stream, 0, json, RecordHeaders.of(records, io.freshet.sink.RecordHeaderFields.NONE), null,
                null));
        return run;
    }
}
