package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tells instances that share a store which fits have an owner. The owner of a fit writes its epoch and a number that grows; an
 * instance that sees the same number for a while takes the fit over. It measures that time by its own clock, because clocks of
 * instances differ. If two instances take a fit over at the same time, the one with the greater epoch owns it.
 */
final class FitLeases {

    private final BlobStore leases;
    private final LongSupplier nanos;
    private final Map<String, Long> beats = new ConcurrentHashMap<>();
    /** The leases of others as they were last seen to change. */
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(String lease, long at) {
    }

    /** @param nanos a clock that only grows */
    FitLeases(BlobStore leases, LongSupplier nanos) {
        this.leases = leases;
        this.nanos = nanos;
    }

    /** Takes or renews the lease of a fit, whoever has it. */
    void take(String model, long epoch) {
        long beat = beats.merge(model, 1L, Long::sum);
        leases.write(model, out -> out.write((epoch + " " + beat).getBytes(StandardCharsets.US_ASCII)));
        seen.remove(model);
    }

    /**
     * Renews the lease of a fit.
     *
     * @return false if it has been given up, or another instance has taken it
     */
    boolean renew(String model, long epoch) {
        Optional<String> lease = read(model);
        boolean owned = lease.isPresent() && epoch(lease.get()) <= epoch;
        if (owned) {
            take(model, epoch);
        }
        return owned;
    }

    /** Gives up a lease that this instance has. */
    void release(String model) {
        beats.remove(model);
        leases.delete(model);
    }

    /** Returns whether a fit has no owner: its lease was given up, or has not been renewed for this long. */
    boolean isFree(String model, long silenceNanos) {
        Optional<String> lease = read(model);
        if (lease.isEmpty()) {
            seen.remove(model);
            return true;
        }
        long now = nanos.getAsLong();
        Seen last = seen.compute(model, (name, before) -> before != null && before.lease.equals(lease.get()) ? before
                : new Seen(lease.get(), now));
        return now - last.at >= silenceNanos;
    }

    private Optional<String> read(String model) {
        return leases.read(model).map(entry -> {
            try (InputStream in = entry.contents()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Returns the epoch of a lease; 0 if it is damaged, so that any owner may write it again. */
    private static long epoch(String lease) {
        try {
            return Long.parseLong(lease.substring(0, Math.max(0, lease.indexOf(' '))));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
