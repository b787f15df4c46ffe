package io.freshet.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

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

    /** What a fit in the background persists, so that it can continue elsewhere. */
    interface Persistence {

        /** @return false if the fit belongs to another process by now */
        boolean save(byte[] checkpoint);

        /** Returns the checkpoint to continue from, or null. */
        byte @Nullable [] restored();

        /** Returns whether the fit still belongs to this process. */
        boolean isOwned();
    }

    private final String model;
    private final Instant startedAt = Instant.now();
    private final Consumer<FitView> follower;
    private final FitMemory memory;
    private final @Nullable Persistence persistence;
    private final Duration interval;
    private FitMemory.@Nullable Turn reading;
    private long savedAt = System.nanoTime();
    private volatile String state = WAITING;
    private volatile boolean cancelled;
    private volatile @Nullable FitProgress latest;
    private volatile @Nullable Long version;
    private volatile @Nullable String error;

    private ModelFit(String model, Consumer<FitView> follower, FitMemory memory, @Nullable Persistence persistence,
            Duration interval) {
        this.model = model;
        this.follower = follower;
        this.memory = memory;
        this.persistence = persistence;
        this.interval = interval;
    }

    /** Creates the fit of a request, which waits for its answer. */
    static ModelFit followed(String model, Consumer<FitView> follower, FitMemory memory) {
        return new ModelFit(model, follower, memory, null, Duration.ZERO);
    }

    /**
     * Creates a fit in the background.
     *
     * @param interval the time between checkpoints
     */
    static ModelFit inBackground(String model, FitMemory memory, Persistence persistence, Duration interval) {
        return new ModelFit(model, view -> {
        }, memory, persistence, interval);
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
        return persistence == null ? null : persistence.restored();
    }

    /** Waits for the turn to read the table, which ends when training has its memory, or the fit ends. */
    FitMemory.Turn beginReading() {
        FitMemory.Turn turn = memory.begin(this::isCancelled);
        reading = turn;
        return turn;
    }

    @Override
    public Reservation reserve(long bytes) {
        if (persistence == null) {
            return memory.reserve(bytes);
        }
        Reservation reservation = memory.reserve(bytes, this::isCancelled);
        if (reading != null) {
            reading.close();
        }
        return reservation;
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
        if (persistence == null || System.nanoTime() - savedAt < interval.toNanos()) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            checkpoint.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!persistence.save(out.toByteArray())) {
            cancel();
        }
        savedAt = System.nanoTime();
    }

    /** @throws CancelledException if the fit belongs to another process by now, which will store the model */
    void requireOwned() {
        if (persistence != null && !persistence.isOwned()) {
            throw new CancelledException();
        }
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
