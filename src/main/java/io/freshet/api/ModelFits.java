package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.model.ConstraintException;
import io.freshet.model.FitMonitor;
import io.freshet.model.FittedModel;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.store.CorruptEntryException;
import io.freshet.store.FitStates;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.TableException;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Runs fits, in the thread of a request or in the background, one after the other. A fit in the background is persisted with
 * its table and its checkpoints until it ends, and continues after a restart.
 */
@ApplicationScoped
public class ModelFits {

    private static final Logger LOG = Logger.getLogger(ModelFits.class);
    private static final int MAX_WAITING = 16;
    private static final int CHECKPOINT_SECONDS = 10;
    private static final int MAX_REMEMBERED = 1_000;
    /** A fit of another instance that is silent for this long, such as one that cannot be read, may be replaced. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Models models;
    private final FitStates states;
    private final FitMemory memory;
    private final ModelReplacement replacement;
    private final Duration interval;
    private final Map<String, ModelFit> fits = new ConcurrentHashMap<>();
    /** Training uses all processors, so two fits in the background would only slow each other down. */
    private final Semaphore turn = new Semaphore(1, true);
    private volatile boolean stopping;

    @Inject
    public ModelFits(Models models, FitStates states, FitMemory memory, ModelReplacement replacement) {
        this(models, states, memory, replacement, Duration.ofSeconds(CHECKPOINT_SECONDS));
    }

    /** @param interval the time between checkpoints */
    ModelFits(Models models, FitStates states, FitMemory memory, ModelReplacement replacement, Duration interval) {
        this.interval = interval;
        this.models = models;
        this.states = states;
        this.memory = memory;
        this.replacement = replacement;
    }

    Optional<FitView> find(String model) {
        return Optional.ofNullable(fits.get(model)).map(ModelFit::view);
    }

    /**
     * Cancels the fit of a model.
     *
     * @return false if none is under way
     */
    boolean cancel(String model) {
        ModelFit fit = fits.get(model);
        if (fit == null || !fit.isUnderWay()) {
            return false;
        }
        fit.cancel();
        return true;
    }

    /** Reads a table in the memory that fits share. */
    TableSample read(InputStream body, String contentType, FitParameters parameters) throws IOException {
        TableBody table = TableBody.of(contentType);
        return TableReader.read(body, table.format(), memory.bounded(parameters.readOptions(table)));
    }

    /**
     * Fits and stores a model in the calling thread.
     *
     * @param follower receives the progress of a long fit
     * @throws ProblemException if the table does not satisfy what was declared, or running streams could not use the model
     */
    StoredModel fit(String name, TableSample table, FitParameters parameters, long startedAt, Consumer<FitView> follower) {
        ModelFit fit = ModelFit.followed(name, follower, memory);
        register(name, fit);
        return run(name, table, parameters, startedAt, fit);
    }

    private synchronized void register(String name, ModelFit fit) {
        fits.values().removeIf(other -> fits.size() >= MAX_REMEMBERED && !other.isUnderWay());
        fits.put(name, fit);
    }

    private StoredModel run(String name, TableSample table, FitParameters parameters, long startedAt, ModelFit fit) {
        fit.run();
        try {
            parameters.requireTarget(table.schema());
            FittedModel fitted = ModelFitter.fitted(table, parameters.method(), parameters.options(fit));
            replacement.requireFit(name, fitted.model(), parameters.isForced());
            fit.requireOwned();
            StoredModel stored = models.put(name, fitted.model(),
                    new Models.Creation(Duration.ofNanos(System.nanoTime() - startedAt), FitNotices.of(table, fitted),
                            Cause.FIT,
                            parameters.requested()));
            fit.complete(stored.version());
            return stored;
        } catch (ConstraintException e) {
            fit.fail(String.valueOf(e.getMessage()));
            String field = parameters.options(fit).relations().declared().isEmpty() ? "constraint" : "relation";
            throw new ProblemException(Problem.of(422, field, String.valueOf(e.getMessage())));
        } catch (FitMonitor.CancelledException e) {
            fit.endCancelled();
            throw new ProblemException(Problem.of(409, "name", "the fit of " + name + " was cancelled"));
        } catch (RuntimeException e) {
            fit.fail(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /**
     * Starts a fit in the background.
     *
     * @throws ProblemException if a fit of the model is under way
     */
    synchronized void begin(String name, FitStates.Request request) {
        long waiting = fits.values().stream().filter(ModelFit::isUnderWay).count();
        ModelFit before = fits.get(name);
        if (before != null && before.isUnderWay()) {
            throw new ProblemException(Problem.of(409, "name", "a fit of " + name + " is under way"));
        }
        if (waiting >= MAX_WAITING) {
            throw new ProblemException(Problem.tooMany(MAX_WAITING + " models are being fitted; wait until one is done"));
        }
        if (!states.isOwned(name) && states.models().contains(name) && !states.isFree(name, SILENCE)) {
            throw new ProblemException(Problem.of(409, "name", "a fit of " + name + " is under way on another instance"));
        }
        states.begin(name, request);
        start(name, request);
    }

    private void start(String name, FitStates.Request request) {
        ModelFit fit = ModelFit.inBackground(name, memory, persistence(name, states.checkpoint(name)), interval);
        register(name, fit);
        Threads.create(ThreadKind.FIT, name, () -> inTurn(name, fit, request)).start();
    }

    private ModelFit.Persistence persistence(String name, byte @Nullable [] checkpoint) {
        return new ModelFit.Persistence() {
            @Override
            public boolean save(byte[] latest) {
                return states.save(name, latest);
            }

            @Override
            public byte @Nullable [] restored() {
                return checkpoint;
            }

            @Override
            public boolean isOwned() {
                return states.renew(name);
            }
        };
    }

    private void inTurn(String name, ModelFit fit, FitStates.Request request) {
        turn.acquireUninterruptibly();
        try (FitMemory.Turn reading = fit.beginReading()) {
            FitParameters parameters = FitParameters.of(request.query());
            run(name, table(request, parameters), parameters, System.nanoTime(), fit);
            LOG.infof("Model fitted in the background: model=%s", name);
        } catch (RuntimeException e) {
            LOG.warnf("Model not fitted in the background: model=%s reason=%s", name, e.getMessage());
            if (fit.isUnderWay()) {
                fit.fail(String.valueOf(e.getMessage()));
            }
        } finally {
            turn.release();
            if (!stopping && !states.end(name)) {
                fits.remove(name, fit);
            }
        }
    }

    private TableSample table(FitStates.Request request, FitParameters parameters) {
        try (InputStream body = new GZIPInputStream(request.table())) {
            return read(body, request.contentType(), parameters);
        } catch (IOException e) {
            throw new TableException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Takes over the fits whose owner has stopped or is silent, and gives up those that another instance has taken over.
     *
     * @param silence how long the owner of a fit may be silent
     */
    void reconcile(Duration silence) {
        for (String name : states.models()) {
            if (!states.isOwned(name)) {
                if (states.isFree(name, silence)) {
                    resume(name);
                }
            } else if (!states.renew(name)) {
                giveUp(name);
            }
        }
    }

    private void giveUp(String name) {
        ModelFit fit = fits.get(name);
        if (fit != null && fit.isUnderWay() && !stopping) {
            LOG.warnf("Fit was taken over by another instance: model=%s", name);
            fit.cancel();
        }
    }

    /** Continues the fits that had not ended when this service stopped. No other instance uses the store. */
    void resume() {
        states.models().stream().filter(name -> !states.isOwned(name)).forEach(this::resume);
    }

    private synchronized void resume(String name) {
        try {
            FitStates.Request request = states.find(name).orElse(null);
            ModelFit before = fits.get(name);
            if (request == null || stopping || before != null && before.isUnderWay()) {
                return;
            }
            states.claim(name);
            LOG.infof("Fit continues: model=%s", name);
            start(name, request);
        } catch (CorruptEntryException e) {
            LOG.errorf("Fit could not be continued: model=%s reason=%s", name, e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
        fits.values().forEach(ModelFit::cancel);
        try {
            states.release();
        } catch (UncheckedIOException e) {
            LOG.warnf("Fits could not be left to other instances: reason=%s", e.getMessage());
        }
    }
}
