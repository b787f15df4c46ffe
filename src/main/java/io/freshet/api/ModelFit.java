package io.freshet.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.freshet.model.FitMonitor;
import io.freshet.model.FitProgress;

/** A fit that is under way or has ended. Its progress can be read, and it can be cancelled, by any thread. */
final class ModelFit implements FitMonitor {

    static final String WAITING = "waiting";
    static final String RUNNING = "running";
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";

    private final String model;
    private final Instant startedAt = Instant.now();
    private final Consumer<FitView> follower;
    private final Predicate<byte[]> store;
    private final byte @Nullable [] restored;
    private final Duration interval;
    private long savedAt = System.nanoTime();
    private volatile String state = WAITING;
    private volatile boolean cancelled;
    private volatile @Nullable FitProgress latest;
    private volatile @Nullable Long version;
    private volatile @Nullable String error;

    /**
     * @param follower receives the progress
     * @param store saves checkpoints; false if the fit belongs to another process by now
     * @param restored the checkpoint to continue from, or null
     * @param interval the time between checkpoints
     */
    ModelFit(String model, Consumer<FitView> follower, Predicate<byte[]> store, byte @Nullable [] restored,
            Duration interval) {
        this.model = model;
        this.follower = follower;
        this.store = store;
        this.restored = restored;
        this.interval = interval;
    }

    /** Creates a fit that keeps no checkpoints. */
    static ModelFit followed(String model, Consumer<FitView> follower) {
        return new ModelFit(model, follower, checkpoint -> true, null, Duration.ofDays(1));
    }

    @Override
    public void progress(FitProgress progress) {
        latest = progress;
        follower.accept(view());
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public byte @Nullable [] restored() {
        return restored;
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
        if (System.nanoTime() - savedAt < interval.toNanos()) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            checkpoint.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!store.test(out.toByteArray())) {
            cancel();
        }
        savedAt = System.nanoTime();
    }

    void cancel() {
        cancelled = true;
    }

    void run() {
        state = RUNNING;
    }

    void complete(long modelVersion) {
        version = modelVersion;
        state = DONE;
    }

    void fail(String reason) {
        error = reason;
        state = FAILED;
    }

    void endCancelled() {
        state = CANCELLED;
    }

    boolean isUnderWay() {
        return state.equals(WAITING) || state.equals(RUNNING);
    }

    FitView view() {
        return FitView.of(model, state, startedAt, latest, version, error);
    }
}
