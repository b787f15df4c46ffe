package io.freshet.sink;

import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A producer that is made when it is needed first, and is given back or closed when it is needed no more. Thread-safe. */
final class ProducerLease implements AutoCloseable {

    private final Supplier<Producer<byte[], byte[]>> maker;
    private final boolean owned;
    private @Nullable Producer<byte[], byte[]> producer;

    private ProducerLease(Supplier<Producer<byte[], byte[]>> maker, boolean owned) {
        this.maker = maker;
        this.owned = owned;
    }

    /** One that others use too and that outlives the lease. */
    static ProducerLease shared(Supplier<Producer<byte[], byte[]>> maker) {
        return new ProducerLease(maker, false);
    }

    /** One that is closed with the lease. */
    static ProducerLease owned(Supplier<Producer<byte[], byte[]>> maker) {
        return new ProducerLease(maker, true);
    }

    synchronized Producer<byte[], byte[]> get() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = maker.get();
            producer = known;
        }
        return known;
    }

    /** Closes a producer that has failed for good; the next one is new. */
    synchronized void renew() {
        Producer<byte[], byte[]> known = producer;
        if (owned && known != null) {
            producer = null;
            known.close(java.time.Duration.ZERO);
        }
    }

    @Override
    public synchronized void close() {
        Producer<byte[], byte[]> known = producer;
        if (owned && known != null) {
            producer = null;
            known.close(java.time.Duration.ofSeconds(5));
        }
    }
}
