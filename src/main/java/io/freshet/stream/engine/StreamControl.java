package io.freshet.stream.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/** Holds the requested and the actual state of a stream, and starts its thread when there is work to do. Thread-safe. */
final class StreamControl {

    private final String stream;
    private final Runnable work;
    private final CountDownLatch done = new CountDownLatch(1);
    /** The thread that runs the stream; null before it starts, and an ended thread while the stream is suspended. */
    private volatile @Nullable Thread thread;
    private boolean suspended;
    /** The state that was requested last. This is what is saved, whatever a transfer or a shutdown does in the meantime. */
    private volatile StreamState wanted;
    /** Whether the stream only ends here in order to resume elsewhere or later. */
    private volatile boolean released;
    private volatile boolean ended;
    private volatile @Nullable String error;

    /**
     * @param state RUNNING, PAUSED, or for a stream that has ended before, COMPLETED, STOPPED or FAILED
     * @param error why it ended before; null if nothing went wrong
     * @param work runs the stream until it has ended or is suspended
     */
    StreamControl(String stream, StreamState state, @Nullable String error, Runnable work) {
        this.stream = stream;
        this.wanted = state;
        this.ended = state.isFinal();
        this.error = error;
        this.work = work;
        if (ended) {
            done.countDown();
        }
    }

    synchronized void start() {
        Thread next = Threads.create(ThreadKind.STREAM, stream, work);
        thread = next;
        next.start();
    }

    /** @return false, without effect, if the stream has ended or was stopped */
    synchronized boolean change(StreamState state) {
        if (ended || isStopping()) {
            return false;
        }
        wanted = state;
        wake();
        return true;
    }

    /**
     * Ends the stream on this instance, so that it can resume elsewhere or later in the state it was in.
     *
     * @return false if it has ended
     */
    synchronized boolean release() {
        if (ended) {
            return false;
        }
        released = true;
        wake();
        return true;
    }

    /**
     * Called by the stream's thread.
     *
     * @return whether the thread is to end because the stream is paused; another thread continues later
     */
    synchronized boolean suspend() {
        suspended = isPaused() && !released;
        return suspended;
    }

    private void wake() {
        if (suspended) {
            suspended = false;
            start();
        } else {
            unpark();
        }
    }

    void unpark() {
        LockSupport.unpark(thread);
    }

    /** Stops the stream for a reason that is saved with it. */
    void fail(String reason) {
        fail(reason, StreamState.STOPPED);
    }

    /** @param state STOPPED if an internal error or a stage ends the stream, FAILED if its source cannot continue */
    synchronized void fail(String reason, StreamState state) {
        error = reason;
        wanted = state;
    }

    /** Marks the stream as ended. */
    void end() {
        ended = true;
    }

    /** Marks the stream as completely finished: nothing of it runs any more. */
    void finished() {
        done.countDown();
    }

    boolean awaitEnd(Duration patience) {
        try {
            return done.await(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return done.getCount() == 0;
        }
    }

    boolean isEnding() {
        return released || isStopping();
    }

    private boolean isStopping() {
        return wanted == StreamState.STOPPED || wanted == StreamState.FAILED;
    }

    boolean isPaused() {
        return wanted == StreamState.PAUSED;
    }

    boolean isRunning() {
        return wanted == StreamState.RUNNING;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Returns what the stream is doing: running, paused, completed, stopped or failed. */
    StreamState state() {
        return !ended || isStopping() ? wanted : released ? StreamState.STOPPED : StreamState.COMPLETED;
    }

    /** Returns the state to save, which a transfer to another instance does not affect. */
    StreamState lastingState() {
        return ended && !isEnding() ? StreamState.COMPLETED : wanted;
    }

    @Nullable
    String error() {
        return error;
    }
}
