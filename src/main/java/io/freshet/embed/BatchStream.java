package io.freshet.embed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.table.RowBatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Batches of generated records, available in four ways: {@link #multi}, {@link #run}, {@link #queue} or as an iterable. Each
 * use starts from the beginning. Transformers process each batch in the order in which they were added.
 */
public final class BatchStream implements Iterable<Batch> {

    private final SynthesisModel model;
    private final GenerationSettings settings;
    private final List<BatchTransformer> transformers;
    private final GenerationCounter counter;

    BatchStream(SynthesisModel model, GenerationSettings settings) {
        this(model, settings, List.of(), new GenerationCounter());
        // fails now if a condition cannot be satisfied
        model.generator(settings.seed(), settings.conditions());
    }

    private BatchStream(SynthesisModel model, GenerationSettings settings, List<BatchTransformer> transformers,
            GenerationCounter counter) {
        this.model = model;
        this.settings = settings;
        this.transformers = transformers;
        this.counter = counter;
    }

    /** Returns the same batches with one more transformer. */
    public BatchStream with(BatchTransformer transformer) {
        List<BatchTransformer> more = new ArrayList<>(transformers);
        more.add(transformer);
        return new BatchStream(model, settings, more, counter);
    }

    /** Returns the number of batches before transformers; the largest {@code long} if there is no end. */
    public long batches() {
        if (settings.maxRecords().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long records = settings.maxRecords().getAsLong();
        return records / settings.batchSize() + (records % settings.batchSize() == 0 ? 0 : 1);
    }

    /** Returns batches on demand: each is generated when a subscriber requests it. */
    public Multi<Batch> multi() {
        return Multi.createFrom().deferred(() -> {
            Cursor cursor = new Cursor();
            Multi<Batch> batches = Multi.createFrom().generator(() -> cursor, (state, emitter) -> {
                if (state.hasNext()) {
                    emitter.emit(state.take());
                } else {
                    emitter.complete();
                }
                return state;
            });
            Duration delay = settings.delayBetweenBatches();
            return delay.isZero() ? batches
                    : batches.onItem().transformToUniAndConcatenate(batch -> batch.number() == 1
                            ? Uni.createFrom().item(batch)
                            : Uni.createFrom().item(batch).onItem().delayIt().by(delay));
        });
    }

    /** Iterates over the batches, and waits between them as the settings say. */
    @Override
    public Iterator<Batch> iterator() {
        return new Cursor() {
            @Override
            void pause() {
                LockSupport.parkNanos(settings.delayBetweenBatches().toNanos());
            }
        };
    }

    /** Calls back with every batch, on the thread of the caller. Returns when there are no more. */
    public GenerationStatistics run(Consumer<Batch> callback) {
        forEach(callback);
        return statistics();
    }

    /**
     * Generates batches ahead into a queue.
     *
     * @param capacity how many may wait in it
     */
    public BatchQueue queue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be 1 or more, not " + capacity);
        }
        return new BatchQueue(capacity, this);
    }

    /** Returns what has been generated so far, over all uses. */
    public GenerationStatistics statistics() {
        return counter.statistics();
    }

    /** One iteration over the batches, from the first. */
    private class Cursor implements Iterator<Batch> {

        private final RowGenerator generator = model.generator(settings.seed(), settings.conditions());
        private long made;
        private @Nullable Batch next;

        /** Waits between batches, unless the subscriber does. */
        void pause() {
        }

        /** Finds the next batch that no transformer removes. */
        @Override
        public boolean hasNext() {
            while (next == null && made < batches()) {
                if (made > 0) {
                    pause();
                }
                next = transformed(make()).orElse(null);
                if (made == batches()) {
                    counter.end();
                }
            }
            return next != null;
        }

        private Batch make() {
            counter.begin();
            long done = made * settings.batchSize();
            int size = (int) Math.min(settings.batchSize(), settings.maxRecords().orElse(Long.MAX_VALUE) - done);
            RowBatch rows = generator.newBatch(size);
            generator.fill(rows, settings.firstRecord() + done, size);
            made++;
            counter.add(size);
            return Batch.of(made, rows, settings.metadata() ? new BatchMetadata(counter.now(), made) : null);
        }

        private Optional<Batch> transformed(Batch batch) {
            Optional<Batch> result = Optional.of(batch);
            for (BatchTransformer transformer : transformers) {
                result = result.flatMap(transformer::transform);
            }
            return result;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all " + batches() + " batches have been generated");
            }
            return take();
        }

        Batch take() {
            Batch batch = next;
            next = null;
            if (batch == null) {
                throw new NoSuchElementException();
            }
            return batch;
        }
    }
}
