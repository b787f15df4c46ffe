package io.freshet.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.freshet.model.ModelFitter;
import io.freshet.model.SynthesisMethod;
import io.freshet.sink.KafkaProducers;
import io.freshet.store.Models;
import io.freshet.store.Shelves;
import io.freshet.stream.Declarations;
import io.freshet.stream.DefinitionException;
import io.freshet.stream.Restored;
import io.freshet.stream.SharedStreams;
import io.freshet.stream.StreamDefinition;
import io.freshet.stream.Streams;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;

/** Start-up (models and streams that are declared or saved) and shutdown (streams drained, positions saved). */
@ApplicationScoped
public class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final OpsConfig config;
    private final Shelves shelves;
    private final Models models;
    private final Streams streams;
    private final KafkaProducers kafka;
    private final OpenRequests requests;
    private final OpenSockets sockets;
    private final Declarations declarations;
    private final SharedStreams shared;
    private final Event<Restored> restored;
    private volatile boolean begun;

    public Lifecycle(OpsConfig config, Shelves shelves, Models models, Streams streams, KafkaProducers kafka,
            OpenRequests requests, OpenSockets sockets, Declarations declarations, SharedStreams shared,
            Event<Restored> restored) {
        this.restored = restored;
        this.config = config;
        this.shelves = shelves;
        this.models = models;
        this.streams = streams;
        this.kafka = kafka;
        this.requests = requests;
        this.sockets = sockets;
        this.declarations = declarations;
        this.shared = shared;
    }

    void start(@Observes StartupEvent event) {
        LOG.infof("Freshet keeps its models and streams %s; Kafka %s", shelves.place(),
                kafka.servers().map(servers -> "at " + servers).orElse("is not configured"));
        begin();
    }

    /** What was kept comes before what is declared; when it cannot be read yet, both wait. */
    private synchronized void begin() {
        try {
            models.restore();
            config.models().forEach(this::fit);
            shared.begin();
            config.streams().forEach(this::begin);
            declarations.reconcile();
            begun = true;
            restored.fire(new Restored());
        } catch (UncheckedIOException e) {
            LOG.warnf("Models and streams wait until what was kept can be read: reason=%s", e.getMessage());
        }
    }

    private void fit(String name, OpsConfig.DeclaredModel declared) {
        if (models.find(name).isPresent()) {
            return;
        }
        try (InputStream in = open(declared.file())) {
            long begun = System.nanoTime();
            TableFormat format = TableFormat.ofFileName(declared.file()).orElse(TableFormat.CSV);
            SynthesisMethod method = SynthesisMethod.find(declared.method()).orElseThrow(() -> new TableException(
                    "there is no method " + declared.method() + "; there are " + SynthesisMethod.ids()));
            models.put(name, ModelFitter.fit(TableReader.read(in, format, ReadOptions.defaults()), method),
                    Duration.ofNanos(System.nanoTime() - begun));
            LOG.infof("A declared model was fitted: model=%s file=%s millis=%d", name, declared.file(),
                    (System.nanoTime() - begun) / 1_000_000);
        } catch (IOException | TableException e) {
            LOG.errorf("A declared model was not fitted: model=%s file=%s reason=%s", name, declared.file(), e.getMessage());
        }
    }

    private static InputStream open(String file) throws IOException {
        if (file.startsWith("classpath:")) {
            InputStream in = Thread.currentThread().getContextClassLoader()
                    .getResourceAsStream(file.substring("classpath:".length()));
            return Optional.ofNullable(in).orElseThrow(() -> new IOException("there is no such resource"));
        }
        return Files.newInputStream(Path.of(file));
    }

    private void begin(String name, String file) {
        if (streams.find(name).isPresent()) {
            return;
        }
        try (InputStream in = open(file)) {
            StreamDefinition definition = StreamDefinition.parse(new YAMLMapper().readTree(in));
            if (shared.isHere(definition) && shared.find(definition.name()).isEmpty()) {
                shared.create(definition);
            }
        } catch (IOException | DefinitionException e) {
            LOG.errorf("A declared stream was not started: stream=%s file=%s reason=%s", name, file, e.getMessage());
        }
    }

    @Scheduled(every = "${freshet.declarations.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAtDeclarations() {
        if (begun) {
            declarations.reconcile();
            if (shared.areShared()) {
                // those of shards that have come here since
                config.streams().forEach(this::begin);
            }
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void savePositions() {
        if (begun) {
            streams.saveAll();
            shared.look();
        } else {
            begin();
        }
    }

    /**
     * While the HTTP server still answers: lets the streams deliver what is on its way, saves their positions, waits for
     * requests that are being answered.
     */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        SecondSignal.endsAtOnce();
        LOG.info("Told to end: what is on its way is delivered first");
        streams.shutDown(config.streamGrace());
        shared.leave();
        if (!requests.awaitNone(config.requestGrace())) {
            LOG.warn("Requests that were still being answered are cut off");
        }
        sockets.close();
    }

    /** Where nobody drained before, as in tests; draining twice does no harm. */
    void stop(@Observes ShutdownEvent event) {
        streams.shutDown(config.streamGrace());
        shared.leave();
    }
}
