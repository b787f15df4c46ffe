package io.freshet.sink;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A producer that is made when it is needed first, and is given back or closed when it is needed no more. Thread-safe. */
final class ProducerLease implements AutoCloseable {

    /**
     * @param owned whether it is closed with the lease; else others use it too, and it outlives the lease
     */
    record Leased(Producer<byte[], byte[]> producer, boolean owned) {
    }

    private final Supplier<Leased> maker;
    private @Nullable Leased leased;

    /** @param maker asked when a producer is needed; what it throws, whoever needs it gets */
    ProducerLease(Supplier<Leased> maker) {
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

    /** Closes a producer that has failed for good; the next one is new. */
    void renew() {
        letGo(Duration.ZERO);
    }

    @Override
    public void close() {
        letGo(Duration.ofSeconds(5));
    }

    private synchronized void letGo(Duration patience) {
        Leased known = leased;
        if (known != null && known.owned()) {
            leased = null;
            known.producer().close(patience);
        }
    }
}
