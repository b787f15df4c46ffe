package io.freshet.sink;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.table.Schema;
import io.smallrye.faulttolerance.api.TypedGuard;

/**
 * A sink with a time-out, retries with exponential back-off and jitter, and a circuit breaker around it. A permanent failure is
 * not repeated here and does not open the breaker. Batches keep their order as long as no attempt fails.
 */
public final class GuardedSink implements Sink {

    /** A failure on its way through the guard, which knows exceptions only. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Delivery.Failure outcome;

        Failed(Delivery.Failure outcome) {
            super(outcome.reason(), null, false, false);
            this.outcome = outcome;
        }

        static boolean isPermanent(Throwable thrown) {
            return thrown instanceof Failed failed && failed.outcome instanceof Delivery.PermanentFailure;
        }
    }

    private final Sink sink;
    private final TypedGuard<CompletionStage<Delivery>> guard;
    private volatile String lastReason = "";
    private volatile BreakerState breaker = BreakerState.CLOSED;

    private GuardedSink(Sink sink, GuardSettings settings) {
        this.sink = sink;
        this.guard = guard(settings);
    }

    public static GuardedSink wrap(Sink sink, GuardSettings settings) {
        return new GuardedSink(sink, settings);
    }

    private TypedGuard<CompletionStage<Delivery>> guard(GuardSettings settings) {
        long delay = settings.retryDelay().toMillis();
        return TypedGuard.create(new TypeLiteral<CompletionStage<Delivery>>() {
            private static final long serialVersionUID = 1L;
        })
                .withTimeout().duration(settings.timeout().toMillis(), ChronoUnit.MILLIS).done()
                .withRetry().maxRetries(settings.retries()).delay(delay, ChronoUnit.MILLIS)
                .jitter(delay / 2, ChronoUnit.MILLIS).whenException(GuardedSink::isWorthRepeating)
                .withExponentialBackoff().factor(2).done().done()
                .withCircuitBreaker().requestVolumeThreshold(settings.breakerFailures()).failureRatio(1)
                .delay(settings.breakerDelay().toMillis(), ChronoUnit.MILLIS).when(thrown -> !Failed.isPermanent(thrown))
                .onStateChange(state -> breaker = BreakerState.valueOf(state.name())).done()
                .build();
    }

    /** An open breaker would only answer the same, so the batch is better off waiting with its stream. */
    private static boolean isWorthRepeating(Throwable thrown) {
        return !Failed.isPermanent(thrown) && !(thrown instanceof CircuitBreakerOpenException);
    }

    /** What the breaker lets through. */
    public BreakerState breaker() {
        return breaker;
    }

    @Override
    public String kind() {
        return sink.kind();
    }

    @Override
    public String target() {
        return sink.target();
    }

    @Override
    public @Nullable RecordEncoder encoder() {
        return sink.encoder();
    }

    @Override
    public @Nullable KeyEncoder keys() {
        return sink.keys();
    }

    @Override
    public @Nullable Schema columns() {
        return sink.columns();
    }

    @Override
    public byte[] message(OutgoingBatch batch, int record) {
        return sink.message(batch, record);
    }

    @Override
    public byte @Nullable [] messageKey(OutgoingBatch batch, int record) {
        return sink.messageKey(batch, record);
    }

    /** The outcome after all attempts. The stage never fails. */
    @Override
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        return guarded(() -> consignment.attempt(sink));
    }

    @Override
    public CompletionStage<Delivery> deliver(List<Consignment> together) {
        return guarded(() -> Consignment.attempt(together, sink));
    }

    private CompletionStage<Delivery> guarded(Supplier<CompletionStage<Delivery>> attempt) {
        CompletionStage<Delivery> attempts;
        try {
            attempts = guard.get(() -> judged(attempt.get()));
        } catch (RuntimeException e) {
            attempts = CompletableFuture.failedStage(e);
        }
        return attempts.exceptionally(this::outcome);
    }

    private CompletionStage<Delivery> judged(CompletionStage<Delivery> attempt) {
        return attempt.thenApply(delivery -> {
            if (delivery instanceof Delivery.Failure failure) {
                lastReason = failure.reason();
                throw new Failed(failure);
            }
            return delivery;
        });
    }

    private Delivery outcome(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Failed failed) {
            return failed.outcome;
        }
        if (cause instanceof CircuitBreakerOpenException) {
            return new Delivery.TransientFailure("left alone for a while after failures in a row: " + lastReason);
        }
        lastReason = cause instanceof TimeoutException ? "no answer in time" : String.valueOf(cause.getMessage());
        return new Delivery.TransientFailure(lastReason);
    }

    @Override
    public int gathers() {
        return sink.gathers();
    }

    @Override
    public void forget() {
        sink.forget();
    }

    @Override
    public void close() {
        sink.close();
    }
}
