package io.freshet.kafka.sink;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A producer that is created when it is first needed, and released or closed when it is no longer needed. Thread-safe. */
final class LazyProducer implements AutoCloseable {

    /** @param owned whether the lease closes the producer; otherwise others share it and it outlives the lease */
    record Leased(Producer<byte[], byte[]> producer, boolean owned) {
    }

    private final Supplier<Leased> maker;
    private @Nullable Leased leased;

    /** @param maker creates the producer when it is needed; its exceptions reach the caller */
    LazyProducer(Supplier<Leased> maker) {
        this.maker = maker;
    }

    synchronized Producer<byte[], byte[]> get() {
        Leased known = leased;
        if (known == null) {
            known = maker.get();
            leased = known;
        }
        return known.producer();
    }

    /** Releases the producer, or closes it if it is owned. The next call of {@link #get} creates another one. */
    void renew() {
        release(Duration.ZERO);
    }

    @Override
    public void close() {
        release(Duration.ofSeconds(5));
    }

    private synchronized void release(Duration patience) {
        Leased known = leased;
        leased = null;
        if (known != null && known.owned()) {
            known.producer().close(patience);
        }
    }
}
