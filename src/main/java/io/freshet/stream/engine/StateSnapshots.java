package io.freshet.stream.engine;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.source.Source;
import io.freshet.stage.StagePipeline;
import io.freshet.store.StageStates.State;
import io.freshet.stream.delivery.StreamTime;

/**
 * Takes the snapshots of stage state from which a stream can resume. Each snapshot belongs to a position and becomes usable
 * once the sinks have completed everything before it. A stream with such stages resumes from a snapshot, and not from its own
 * position. The stream's thread takes snapshots; any thread may read them.
 */
public final class StateSnapshots {

    private static final Logger LOG = Logger.getLogger(StateSnapshots.class);
    /** Snapshots may use at most a twentieth of the stream's time. */
    private static final int SHARE = 20;

    private final @Nullable StagePipeline pipeline;
    private final Source source;
    private final StreamTime time;
    private final Consumer<State> saver;
    private final long firstPosition;
    private long notBefore;
    private volatile boolean requested;
    private volatile @Nullable State usable;

    /**
     * @param stages null if there are none
     * @param position where the stream begins
     */
    StateSnapshots(@Nullable StageExecutor stages, Source source, StreamTime time, long position) {
        this.pipeline = stages == null || !stages.pipeline().keepsState() ? null : stages.pipeline();
        this.saver = stages == null ? state -> {
        } : stages::save;
        this.source = source;
        this.time = time;
        this.notBefore = time.nanos();
        this.firstPosition = position;
    }

    /**
     * Returns whether the stages keep state. If they do not, no snapshots are taken, and the stream resumes from its position.
     */
    public boolean isNeeded() {
        return pipeline != null;
    }

    /** Requests another snapshot soon. */
    public void request() {
        requested = pipeline != null;
    }

    boolean isRequested() {
        return requested && time.nanos() - notBefore >= 0;
    }

    /**
     * Takes a snapshot at this position. The returned batch represents it in the queue of batches in flight, so that it is
     * saved in order.
     */
    InFlightBatch take(long position) {
        requested = false;
        long startedAt = time.nanos();
        InFlightBatch inFlightBatch = new InFlightBatch();
        inFlightBatch.state = pipeline == null ? null : now(pipeline, position);
        long end = time.nanos();
        notBefore = end + SHARE * (end - startedAt);
        return inFlightBatch;
    }

    /** Saves a final snapshot, after everything has been completed. */
    void takeLast(long position) {
        if (pipeline != null) {
            save(now(pipeline, position));
            acknowledge(position, position);
        }
    }

    private State now(StagePipeline stages, long position) {
        return new State(position, source.bookmark(position).orElse(null), stages.state());
    }

    /** Saves the snapshot that a batch represents, if it does. Called in order. */
    void settled(InFlightBatch inFlightBatch) {
        if (inFlightBatch.state != null) {
            save(inFlightBatch.state);
        }
    }

    /** Saves a snapshot. The source is only told to forget records once the state that covers them is safe. */
    private void save(State state) {
        long startedAt = time.nanos();
        try {
            saver.accept(state);
            usable = state;
        } catch (UncheckedIOException e) {
            LOG.errorf("Stage state could not be saved: position=%d reason=%s", state.position(),
                    e.getMessage());
        }
        notBefore += SHARE * (time.nanos() - startedAt);
    }

    /** Acknowledges the records that the source no longer has to keep. */
    void acknowledge(long before, long acknowledged) {
        if (pipeline != null) {
            source.acknowledged(safePosition());
        } else if (acknowledged > before) {
            source.acknowledged(acknowledged);
        }
    }

    /** Returns the most recent snapshot that the stream can resume from. */
    public Optional<State> usable() {
        return Optional.ofNullable(usable);
    }

    /** Returns the position of the most recent saved snapshot. */
    public long safePosition() {
        State state = usable;
        return state == null ? firstPosition : state.position();
    }
}
