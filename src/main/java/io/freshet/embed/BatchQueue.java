package io.freshet.embed;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.jspecify.annotations.Nullable;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Generates batches ahead on a thread of its own, which waits while the queue is full. Any number of threads may take batches;
 * each of them is notified of the end.
 */
public final class BatchQueue implements AutoCloseable {

    private record Entry(Optional<Batch> batch, @Nullable RuntimeException failure) {
    }

    private final BlockingQueue<Entry> entries;
    private final Thread producer;

    BatchQueue(int capacity, BatchStream stream) {
        this.entries = new ArrayBlockingQueue<>(capacity);
        this.producer = Threads.create(ThreadKind.QUEUE, () -> produce(stream));
        this.producer.start();
    }

    private void produce(BatchStream stream) {
        try {
            try {
                stream.run(this::put);
                entries.put(new Entry(Optional.empty(), null));
            } catch (RuntimeException e) {
                entries.put(new Entry(Optional.empty(), e));
            }
        } catch (InterruptedException e) {
            // the queue was closed, so no batches are taken any more
            Thread.currentThread().interrupt();
        }
    }

    private void put(Batch batch) {
        try {
            entries.put(new Entry(Optional.of(batch), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the queue was closed", e);
        }
    }

    /**
     * Waits for the next batch and takes it.
     *
     * @return empty if there are no more batches
     * @throws IllegalStateException if a transformer failed; the cause is its exception
     */
    public Optional<Batch> take() throws InterruptedException {
        Entry entry = entries.take();
        if (entry.batch().isEmpty()) {
            // for the other threads, and for repeated calls
            entries.put(entry);
        }
        if (entry.failure() != null) {
            throw new IllegalStateException("no more batches: " + entry.failure().getMessage(), entry.failure());
        }
        return entry.batch();
    }

    /** Returns how many batches wait to be taken. */
    public int waiting() {
        return (int) entries.stream().filter(entry -> entry.batch().isPresent()).count();
    }

    /** Ends the generation, and discards the batches that wait. */
    @Override
    public void close() {
        producer.interrupt();
        try {
            producer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        entries.clear();
        entries.add(new Entry(Optional.empty(), null));
    }
}
