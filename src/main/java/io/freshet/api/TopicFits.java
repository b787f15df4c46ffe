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

import io.freshet.model.ModelFitter;
import io.freshet.model.SynthesisMethod;
import io.freshet.sink.KafkaConnection;
import io.freshet.sink.SchemaRegistry;
import io.freshet.source.TopicConsumer;
import io.freshet.source.TopicSampler;
import io.freshet.store.Models;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

/** Fits models to topics, each on a thread of its own; says how far it is. One at a time for each model. */
@ApplicationScoped
public class TopicFits {

    private static final Logger LOG = Logger.getLogger(TopicFits.class);
    private static final int BATCH = 500;
    /** Each takes a thread, a consumer and a file. */
    private static final int MOST_AT_A_TIME = 8;
    private static final int MOST_REMEMBERED = 1000;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    /** What is wanted. */
    record Wanted(String topic, Duration timeout, long limit, boolean fromBeginning, boolean avro, SynthesisMethod method) {
    }

    /**
     * How far it is.
     *
     * @param state reading, fitting, done or failed
     * @param read records so far
     * @param malformed messages that were passed over
     * @param errors why, for the first few of them
     * @param model the version that was made; null before
     * @param error why it failed; null if it did not
     */
    public record Progress(String topic, String state, long read, long malformed, List<String> errors,
            @Nullable Long modelVersion,
            @Nullable String error) {
    }

    /** One fit under way or ended. */
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
    private final SchemaRegistry registry;
    private final Models models;
    private final Map<String, Fit> fits = new ConcurrentHashMap<>();

    public TopicFits(KafkaConnection kafka, SchemaRegistry registry, Models models) {
        this.kafka = kafka;
        this.registry = registry;
        this.models = models;
    }

    boolean hasKafka() {
        return kafka.servers().isPresent();
    }

    boolean hasRegistry() {
        return registry.isConfigured();
    }

    /** Begins a fit; false if one of this model is under way. */
    synchronized boolean begin(String model, Wanted wanted) {
        Fit before = fits.get(model);
        if (before != null && before.isUnderWay()) {
            return false;
        }
        if (fits.values().stream().filter(Fit::isUnderWay).count() >= MOST_AT_A_TIME) {
            throw new ProblemException(
                    Problem.tooMany(MOST_AT_A_TIME + " models are being fitted to topics; wait until one is done"));
        }
        if (fits.size() >= MOST_REMEMBERED) {
            fits.values().removeIf(fit -> !fit.isUnderWay());
        }
        Fit fit = new Fit(wanted, new TopicSampler(wanted.avro(), registry::schema));
        fits.put(model, fit);
        Thread thread = new Thread(() -> run(model, fit), "fit-" + model);
        thread.setDaemon(true);
        thread.start();
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
                    wanted.fromBeginning() ? TopicConsumer.Start.BEGINNING : TopicConsumer.Start.NOW, BATCH, LONGEST_WAIT,
                    false);
            try (TopicConsumer consumer = new TopicConsumer(kafka.consumerSettings(), settings)) {
                fit.sampler.collect(consumer, wanted.limit(), wanted.timeout(), records);
            }
            fit.state = "fitting";
            fit(model, fit, records);
        } catch (IOException | RuntimeException e) {
            fit.error = e instanceof TableException && fit.sampler.read() == 0
                    ? "no records came from the topic in " + wanted.timeout().toSeconds() + " s"
                    : String.valueOf(e.getMessage());
            fit.state = "failed";
            LOG.warnf("A model was not fitted to a topic: model=%s topic=%s reason=%s", model, wanted.topic(), fit.error);
        } finally {
            delete(records);
        }
    }

    private void fit(String model, Fit fit, Path records) throws IOException {
        long begun = System.nanoTime();
        try (InputStream in = Files.newInputStream(records)) {
            fit.version = models.put(model,
                    ModelFitter.fit(TableReader.read(in, TableFormat.NDJSON, ReadOptions.defaults()), fit.wanted.method()),
                    Duration.ofNanos(System.nanoTime() - begun)).version();
        }
        fit.state = "done";
        LOG.infof("A model was fitted to a topic: model=%s topic=%s records=%d malformed=%d", model, fit.wanted.topic(),
                fit.sampler.read(), fit.sampler.malformed());
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf("A temporary file stays: reason=%s", e.getMessage());
        }
    }
}
