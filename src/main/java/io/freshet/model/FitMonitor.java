package io.freshet.model;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;

import org.jspecify.annotations.Nullable;

/** Follows and controls the training of a model. Only methods that train for a long time use it. Called by one thread. */
public interface FitMonitor {

    /** Follows nothing. */
    FitMonitor NONE = progress -> {
    };

    /** The state of training, which can be written to continue from it later. */
    interface Checkpoint {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Memory that training may use until it is closed. */
    interface Reservation extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Reserves memory before training begins, and waits until there is enough.
     *
     * @param bytes what training needs at most
     * @throws CancelledException if the fit is cancelled meanwhile
     */
    default Reservation reserve(long bytes) {
        return () -> {
        };
    }

    /** Receives the progress after the preparation, and after each epoch. */
    void progress(FitProgress progress);

    /** Returns the clock that measures the time of training. */
    default Clock clock() {
        return Clock.systemUTC();
    }

    /** Returns whether the fit is to end without a model. */
    default boolean isCancelled() {
        return false;
    }

    /** Receives the state of training after each epoch. The monitor decides whether to write it. */
    default void checkpoint(Checkpoint checkpoint) {
    }

    /**
     * Returns the checkpoint to continue from.
     *
     * @return null to begin from the start
     */
    default byte @Nullable [] restored() {
        return null;
    }

    /** Thrown when a fit ended because it was cancelled. */
    final class CancelledException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public CancelledException() {
            super("the fit was cancelled");
        }
    }
}
