package io.freshet.kafka.channel;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/** Runs one task on the thread that created it, which waits for the task. */
final class CallingThread implements Executor {

    private final Thread thread = Thread.currentThread();
    private volatile @Nullable Runnable task;

    @Override
    public void execute(Runnable wanted) {
        task = wanted;
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits for the task and runs it. It is there already, unless several threads send to the channel at the same time.
     *
     * @throws InterruptedException if the thread is interrupted before the task is there
     */
    void runTask() throws InterruptedException {
        Runnable next = task;
        while (next == null) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            next = task;
        }
        next.run();
    }
}
