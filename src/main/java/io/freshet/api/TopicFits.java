package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.KafkaProbe;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.kafka.source.StartOffset;
import io.freshet.kafka.source.TopicConsumer;
import io.freshet.kafka.source.TopicSampler;
import io.freshet.model.FitOptions;
import io.freshet.model.FittedModel;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.privacy.PrivacyOptions;
import io.freshet.source.SourceProblem;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Fits models to topics, each on a thread of its own, and reports the progress. Only one fit runs at a time for each model.
 */
@ApplicationScoped
public class TopicFits {

    private static final Logger LOG = Logger.getLogger(TopicFits.class);
    private static final int BATCH = 500;
    /** Each fit needs a thread, a consumer and a file. */
    private static final int MAX_AT_ONCE = 8;
    private static final int MAX_REMEMBERED = 1000;
    private static final Duration MAX_WAIT = Duration.ofMillis(200);

    /**
     * The parameters of a fit.
     *
     * @param privacy what a model with differential privacy may spend
     */
    record Wanted(String topic, Duration timeout, long limit, boolean fromBeginning, boolean avro, SynthesisMethod method,
            Optional<PrivacyOptions> privacy) {

        private RequestedFit requested() {
            return new RequestedFit(Map.of("method", List.of(method.id())));
        }
    }

    /**
     * The progress of a fit.
     *
     * @param state reading, fitting, done or failed
     * @param read records so far
     * @param malformed messages that were skipped
     * @param errors the reasons for the first few of them
     * @param model the version that was created; null before
     * @param error why it failed; null if it did not
     */
    public record Progress(String topic, String state, long read, long malformed, List<String> errors,
            @Nullable Long modelVersion,
            @Nullable String error) {
    }

    /** A fit that is running or has ended. */
    private static final class Fit {
        private final Wanted wanted;
        private final TopicSampler sampler;
        private volatile String state = "reading";
        private volatile @Nullable Long version;
        private volatile @Nullable String error;

        Fit(Wanted wanted, TopicSampler sampler) {
            this.wanted = wanted;
            this.sampler = sampler;
        }

        boolean isUnderWay() {
            return state.equals("reading") || state.equals("fitting");
        }

        Progress progress() {
            return new Progress(wanted.topic(), state, sampler.read(), sampler.malformed(), sampler.errors(), version, error);
        }
    }

    private final KafkaConnection kafka;
    private final KafkaProbe probe;
    private final SchemaRegistry registry;
    private final Models models;
    private final FitMemory memory;
    private final PrivateFits privateFits;
    private final Map<String, Fit> fits = new ConcurrentHashMap<>();

    public TopicFits(KafkaConnection kafka, KafkaProbe probe, SchemaRegistry registry, Models models, FitMemory memory,
            PrivateFits privateFits) {
        this.memory = memory;
        this.privateFits = privateFits;
        this.kafka = kafka;
        this.probe = probe;
        this.registry = registry;
        this.models = models;
    }

    boolean hasKafka() {
        return kafka.servers().isPresent();
    }

    /** Returns why a topic cannot be read; empty if it can. Blocks for at most a few seconds. */
    Optional<String> problem(String topic) {
        return probe.problem(topic).toCompletableFuture().join();
    }

    boolean hasRegistry() {
        return registry.isConfigured();
    }

    /**
     * Starts a fit.
     *
     * @return false if one of this model is running
     */
    synchronized boolean begin(String model, Wanted wanted) {
        Fit before = fits.get(model);
        if (before != null && before.isUnderWay()) {
            return false;
        }
        if (fits.values().stream().filter(Fit::isUnderWay).count() >= MAX_AT_ONCE) {
            throw new ProblemException(
                    Problem.tooMany(MAX_AT_ONCE + " models are being fitted to topics; wait until one is done"));
        }
        if (fits.size() >= MAX_REMEMBERED) {
            fits.values().removeIf(fit -> !fit.isUnderWay());
        }
        Fit fit = new Fit(wanted, new TopicSampler(wanted.avro(), registry::schema));
        fits.put(model, fit);
        Threads.create(ThreadKind.FIT, model, () -> run(model, fit)).start();
        return true;
    }

    Optional<Progress> progress(String model) {
        return Optional.ofNullable(fits.get(model)).map(Fit::progress);
    }

    private void run(String model, Fit fit) {
        Wanted wanted = fit.wanted;
        Path records = null;
        try {
            records = Files.createTempFile("freshet-fit-", ".ndjson");
            TopicConsumer.Settings settings = new TopicConsumer.Settings(wanted.topic(), "freshet-fit-" + UUID.randomUUID(),
                    wanted.fromBeginning() ? StartOffset.BEGINNING : StartOffset.NOW, BATCH, MAX_WAIT,
                    false);
            try (TopicConsumer consumer = new TopicConsumer(kafka.consumerSettings(), settings)) {
                fit.sampler.collect(consumer, wanted.limit(), wanted.timeout(), records);
                SourceProblem problem = consumer.problem();
                if (fit.sampler.read() == 0 && problem != null) {
                    throw new IOException(problem.reason());
                }
            }
            fit.state = "fitting";
            fit(model, fit, records);
        } catch (IOException | RuntimeException e) {
            fit.error = e instanceof TableException && fit.sampler.read() == 0
                    ? "no records arrived from the topic in " + wanted.timeout().toSeconds() + " s"
                    : String.valueOf(e.getMessage());
            fit.state = "failed";
            LOG.warnf("Model could not be fitted to a topic: model=%s topic=%s reason=%s", model, wanted.topic(), fit.error);
        } finally {
            delete(records);
        }
    }

    private void fit(String model, Fit fit, Path records) throws IOException {
        long startedAt = System.nanoTime();
        try (FitMemory.Turn turn = memory.begin(); InputStream in = Files.newInputStream(records)) {
            ReadOptions options = memory.bounded(ReadOptions.defaults());
            Optional<PrivacyOptions> noisy = fit.wanted.privacy();
            TableSample table = TableReader.read(in, TableFormat.NDJSON, noisy.isPresent() ? options.asTexts() : options);
            fit.version = (noisy.isPresent() ? privateFits.fit(model, table, noisy.get(), fit.wanted.requested(), made -> {
            }) : fitted(model, table, fit.wanted, startedAt)).version();
        }
        fit.state = "done";
        LOG.infof("Model fitted to a topic: model=%s topic=%s records=%d malformed=%d", model, fit.wanted.topic(),
                fit.sampler.read(), fit.sampler.malformed());
    }

    private StoredModel fitted(String model, TableSample table, Wanted wanted, long startedAt) {
        FittedModel fitted = ModelFitter.fitted(table, wanted.method(), FitOptions.defaults());
        return models.put(model, fitted.model(), new Models.Creation(Duration.ofNanos(System.nanoTime() - startedAt),
                FitNotices.of(table, fitted), Cause.FIT, wanted.requested()));
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf("Temporary file could not be deleted: reason=%s", e.getMessage());
        }
    }
}
