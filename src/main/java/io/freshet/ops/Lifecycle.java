package io.freshet.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.kafka.sink.KafkaProducers;
import io.freshet.model.FitOptions;
import io.freshet.model.FittedModel;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.store.BlobStores;
import io.freshet.store.Models;
import io.freshet.stream.RestoreCompleted;
import io.freshet.stream.Streams;
import io.freshet.stream.cluster.ShardedStreams;
import io.freshet.stream.cluster.StreamCluster;
import io.freshet.stream.cluster.StreamReports;
import io.freshet.stream.declared.Declarations;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;

/**
 * Restores and starts the declared or saved models and streams at start-up; drains the streams and saves their positions at
 * shutdown.
 */
@ApplicationScoped
public class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final OpsConfig config;
    private final BlobStores blobStores;
    private final Models models;
    private final Streams streams;
    private final KafkaProducers kafka;
    private final OpenRequests requests;
    private final OpenSockets sockets;
    private final Declarations declarations;
    private final StreamCluster shared;
    private final ShardedStreams sharded;
    private final StreamReports reports;
    private final Event<RestoreCompleted> restored;
    private volatile boolean started;

    public Lifecycle(OpsConfig config, BlobStores blobStores, Models models, Streams streams, KafkaProducers kafka,
            OpenRequests requests, OpenSockets sockets, Declarations declarations, StreamCluster shared,
            ShardedStreams sharded, StreamReports reports, Event<RestoreCompleted> restored) {
        this.sharded = sharded;
        this.reports = reports;
        this.restored = restored;
        this.config = config;
        this.blobStores = blobStores;
        this.models = models;
        this.streams = streams;
        this.kafka = kafka;
        this.requests = requests;
        this.sockets = sockets;
        this.declarations = declarations;
        this.shared = shared;
    }

    void start(@Observes StartupEvent event) {
        if (!config.restore()) {
            return;
        }
        LOG.infof("Models and streams are stored %s; Kafka %s", blobStores.place(),
                kafka.servers().map(servers -> "at " + servers).orElse("is not configured"));
        begin();
    }

    /** Restores what was saved, then applies the declarations. If the store does not answer yet, both are retried later. */
    private synchronized void begin() {
        try {
            models.restore();
            config.models().forEach(this::fit);
            shared.begin();
            config.streams().forEach(this::begin);
            declarations.reconcile();
            started = true;
            restored.fire(new RestoreCompleted());
        } catch (UncheckedIOException e) {
            LOG.warnf("Models and streams could not be restored yet; retrying: reason=%s", e.getMessage());
        }
    }

    private void fit(String name, OpsConfig.DeclaredModel declared) {
        if (models.find(name).isPresent()) {
            return;
        }
        try (InputStream in = open(declared.file())) {
            long startedAt = System.nanoTime();
            TableFormat format = TableFormat.ofFileName(declared.file()).orElse(TableFormat.CSV);
            SynthesisMethod method = SynthesisMethod.find(declared.method()).orElseThrow(() -> new TableException(
                    "unknown method " + declared.method() + "; expected one of " + SynthesisMethod.ids()));
            TableSample table = TableReader.read(in, format, ReadOptions.defaults());
            FittedModel fitted = ModelFitter.fitted(table, method, FitOptions.defaults());
            models.put(name, fitted.model(), Duration.ofNanos(System.nanoTime() - startedAt), FitNotices.of(table, fitted));
            LOG.infof("Declared model fitted: model=%s file=%s method=%s millis=%d", name, declared.file(),
                    fitted.model().method().id(), (System.nanoTime() - startedAt) / 1_000_000);
        } catch (IOException | TableException e) {
            LOG.errorf("Declared model could not be fitted: model=%s file=%s reason=%s", name, declared.file(), e.getMessage());
        }
    }

    private static InputStream open(String file) throws IOException {
        if (file.startsWith("classpath:")) {
            InputStream in = Thread.currentThread().getContextClassLoader()
                    .getResourceAsStream(file.substring("classpath:".length()));
            return Optional.ofNullable(in).orElseThrow(() -> new IOException("the resource does not exist"));
        }
        return Files.newInputStream(Path.of(file));
    }

    private void begin(String name, String file) {
        if (streams.find(name).isPresent()) {
            return;
        }
        try (InputStream in = open(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (JsonNode document : DefinitionReader.yaml(text)) {
                StreamDefinition definition = StreamDefinition.parse(document);
                if (definition.isSharded()) {
                    sharded.createIfAbsent(definition);
                } else if (shared.isHere(definition) && shared.find(definition.name()).isEmpty()) {
                    shared.create(definition);
                }
            }
        } catch (IOException | DefinitionException e) {
            LOG.errorf("Declared stream could not be started: stream=%s file=%s reason=%s", name, file, e.getMessage());
        }
    }

    @Scheduled(every = "${freshet.declarations.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAtDeclarations() {
        if (started) {
            declarations.reconcile();
            if (shared.isShared()) {
                // picks up declared streams whose shards this instance has been assigned since
                config.streams().forEach(this::begin);
            }
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void everySecond() {
        if (started) {
            streams.saveAll();
            shared.reconcile();
            if (shared.isShared()) {
                reports.publish();
            }
        } else if (config.restore()) {
            begin();
        }
    }

    /**
     * Runs while the HTTP server still answers. Lets the streams deliver the records in flight, saves their positions and
     * waits for open requests.
     */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        ForcedExit.endsAtOnce();
        LOG.info("Shutdown requested; draining streams");
        streams.shutDown(config.streamGrace());
        shared.leave();
        reports.close();
        if (!requests.awaitNone(config.requestGrace())) {
            LOG.warn("Open requests did not finish in time and were aborted");
        }
        sockets.close();
    }

    /** Drains where {@link #drain} did not run, as in tests. Draining twice does no harm. */
    void stop(@Observes ShutdownEvent event) {
        streams.shutDown(config.streamGrace());
        shared.leave();
    }
}
