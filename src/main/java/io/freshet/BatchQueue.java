package io.freshet;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * Batches made ahead by a thread of its own, which waits while the queue is full. Any number of threads may take from it; each
 * of them learns of the end.
 */
public final class BatchQueue implements AutoCloseable {

    private record Entry(Optional<Batch> batch, @Nullable RuntimeException failure) {
    }

    private final BlockingQueue<Entry> entries;
    private final Thread producer;

    BatchQueue(int capacity, BatchStream stream) {
        this.entries = new ArrayBlockingQueue<>(capacity);
        this.producer = new Thread(() -> produce(stream), "freshet-queue");
        this.producer.setDaemon(true);
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
            // closed: nobody takes any more
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
     * The next batch, waiting for it; empty when there are no more.
     *
     * @throws IllegalStateException if a transformer failed; the cause says how
     */
    public Optional<Batch> take() throws InterruptedException {
        Entry entry = entries.take();
        if (entry.batch().isEmpty()) {
            // for the other threads, and for those who ask again
            entries.put(entry);
        }
        if (entry.failure() != null) {
            throw new IllegalStateException("no more batches: " + entry.failure().getMessage(), entry.failure());
        }
        return entry.batch();
    }

    /** How many batches wait to be taken. */
    public int waiting() {
        return (int) entries.stream().filter(entry -> entry.batch().isPresent()).count();
    }

    /** Ends the generation; batches that wait are forgotten. */
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
