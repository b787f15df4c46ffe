package io.freshet.sink;

import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import io.smallrye.faulttolerance.api.TypedGuard;

/** A sink with a time-out, retries with exponential back-off and jitter, and a circuit breaker around it. */
public final class GuardedSink {

    private final Sink sink;
    private final TypedGuard<CompletionStage<Void>> guard;

    private GuardedSink(Sink sink, TypedGuard<CompletionStage<Void>> guard) {
        this.sink = sink;
        this.guard = guard;
    }

    public static GuardedSink wrap(Sink sink, SinkConfig config) {
        long delay = config.retryDelay().toMillis();
        TypedGuard<CompletionStage<Void>> guard = TypedGuard
                .create(new jakarta.enterprise.util.TypeLiteral<CompletionStage<Void>>() {
                    private static final long serialVersionUID = 1L;
                })
                .withTimeout().duration(config.timeout().toMillis(), ChronoUnit.MILLIS).done()
                .withRetry().maxRetries(config.retries()).delay(delay, ChronoUnit.MILLIS)
                .jitter(delay / 2, ChronoUnit.MILLIS).abortOn(DeliveryException.Permanent.class)
                .withExponentialBackoff().factor(2).done().done()
                .withCircuitBreaker().requestVolumeThreshold(config.breakerFailures()).failureRatio(1)
                .delay(config.breakerDelay().toMillis(), ChronoUnit.MILLIS).skipOn(DeliveryException.Permanent.class).done()
                .build();
        return new GuardedSink(sink, guard);
    }

    public String kind() {
        return sink.kind();
    }

    /** The outcome, after all attempts; the stage itself never fails. */
    public CompletionStage<Delivery> deliver(OutgoingBatch batch) {
        CompletionStage<Void> attempt;
        try {
            attempt = guard.get(() -> sink.deliver(batch));
        } catch (Exception e) {
            attempt = java.util.concurrent.CompletableFuture.failedStage(e);
        }
        return attempt.<Delivery> thenApply(nothing -> new Delivery.Delivered()).exceptionally(GuardedSink::failure);
    }

    private static Delivery failure(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof CircuitBreakerOpenException) {
            return new Delivery.Failed("it failed several times in a row and is left alone for a while", false);
        }
        if (cause instanceof TimeoutException) {
            return new Delivery.Failed("it did not answer in time", false);
        }
        return new Delivery.Failed(String.valueOf(cause.getMessage()), cause instanceof DeliveryException.Permanent);
    }

    public void close() {
        sink.close();
    }
}
