package io.freshet.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordEncoder;
import io.freshet.table.Schema;
import io.smallrye.faulttolerance.api.TypedGuard;

/**
 * Adds a time-out, retries with exponential back-off and jitter, and a circuit breaker to a sink. The time-out applies to
 * attempts that block and to attempts that answer late. A permanent failure is not retried here and does not open the breaker.
 * Batches keep their order unless an attempt fails.
 */
public final class GuardedSink implements Sink {

    /**
     * Why the sink accepts no records at present.
     *
     * @param at when the last attempt failed
     */
    public record Problem(String reason, Instant at) {
    }

    /** Carries a failure through the guard, which only handles exceptions. */
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
    private final BoundedCalls calls;
    private final String timedOut;
    private final AtomicInteger failedAttemptsInARow = new AtomicInteger();
    private volatile @Nullable Problem problem;
    private volatile BreakerState breaker = BreakerState.CLOSED;

    private GuardedSink(Sink sink, GuardSettings settings) {
        this.sink = sink;
        this.calls = new BoundedCalls(settings.timeout());
        this.timedOut = "no answer within " + inWords(settings.timeout());
        this.guard = guard(settings);
    }

    public static GuardedSink wrap(Sink sink, GuardSettings settings) {
        return new GuardedSink(sink, settings);
    }

    private TypedGuard<CompletionStage<Delivery>> guard(GuardSettings settings) {
        long delay = settings.retryDelay().toMillis();
        TypedGuard.Builder<CompletionStage<Delivery>> guarded = TypedGuard.create(new TypeLiteral<CompletionStage<Delivery>>() {
            private static final long serialVersionUID = 1L;
        })
                .withTimeout().duration(settings.timeout().toMillis(), ChronoUnit.MILLIS).onTimeout(() -> failed(timedOut))
                .done()
                .withRetry().maxRetries(settings.retries()).delay(delay, ChronoUnit.MILLIS)
                .jitter(delay / 2, ChronoUnit.MILLIS).whenException(GuardedSink::isWorthRepeating)
                .withExponentialBackoff().factor(settings.backoffFactor()).done().done();
        if (settings.breakerFailures() == 0) {
            return guarded.build();
        }
        return guarded.withCircuitBreaker().requestVolumeThreshold(settings.breakerFailures()).failureRatio(1)
                .delay(settings.breakerDelay().toMillis(), ChronoUnit.MILLIS).when(thrown -> !Failed.isPermanent(thrown))
                .onStateChange(state -> breaker = BreakerState.valueOf(state.name())).done()
                .build();
    }

    /**
     * Returns whether a retry makes sense. With an open breaker it would fail in the same way, so the batch waits with its
     * stream instead.
     */
    private static boolean isWorthRepeating(Throwable thrown) {
        return !Failed.isPermanent(thrown) && !(thrown instanceof CircuitBreakerOpenException);
    }

    private static String inWords(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    /** Returns the problem of the last attempt, or null if the sink answered or no attempt has been made. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** Returns the state of the circuit breaker. */
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
    public RecordHeaderFields fields() {
        return sink.fields();
    }

    @Override
    public boolean acceptsTombstones() {
        return sink.acceptsTombstones();
    }

    @Override
    public @Nullable Schema columns() {
        return sink.columns();
    }

    @Override
    public DeadLetter.Content content(EncodedBatch batch, int record) {
        return sink.content(batch, record);
    }

    /** Delivers with retries. The stage completes with the outcome of all attempts and never fails. */
    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return guarded(() -> batchDelivery.attempt(sink));
    }

    @Override
    public CompletionStage<Delivery> deliver(List<BatchDelivery> together) {
        return guarded(() -> BatchDelivery.attempt(together, sink));
    }

    private CompletionStage<Delivery> guarded(Supplier<CompletionStage<Delivery>> attempt) {
        CompletionStage<Delivery> attempts;
        try {
            attempts = guard.get(() -> judged(calls.call(attempt)));
        } catch (RuntimeException e) {
            attempts = CompletableFuture.failedStage(e);
        }
        return attempts.exceptionally(this::outcome);
    }

    private CompletionStage<Delivery> judged(CompletionStage<Delivery> attempt) {
        return attempt.handle((delivery, thrown) -> {
            if (thrown != null) {
                String reason = reason(thrown);
                failed(reason);
                throw new Failed(new Delivery.TransientFailure(reason));
            }
            if (delivery instanceof Delivery.Failure failure) {
                if (failure instanceof Delivery.TransientFailure) {
                    failed(failure.reason());
                } else {
                    answered();
                }
                throw new Failed(failure);
            }
            answered();
            return delivery;
        });
    }

    private void failed(String reason) {
        failedAttemptsInARow.incrementAndGet();
        problem = new Problem(reason, Instant.now());
    }

    private void answered() {
        failedAttemptsInARow.set(0);
        problem = null;
    }

    private String reason(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof java.util.concurrent.TimeoutException overrun) {
            return overrun.getMessage() == null ? timedOut : timedOut + ": " + overrun.getMessage();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private Delivery outcome(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Failed failed) {
            return failed.outcome;
        }
        if (cause instanceof CircuitBreakerOpenException) {
            Problem last = problem;
            return new Delivery.TransientFailure("circuit breaker open after %d consecutive failures; last: %s"
                    .formatted(failedAttemptsInARow.get(), last == null ? "unknown" : last.reason()));
        }
        return new Delivery.TransientFailure(cause instanceof TimeoutException ? timedOut : reason(cause));
    }

    @Override
    public int maxCoalescedRecords() {
        return sink.maxCoalescedRecords();
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
