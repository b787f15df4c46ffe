package io.freshet.stream.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;

import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.sink.DeadLetter;
import io.freshet.stream.delivery.StreamTime;

/** Keeps the records that stages reject as dead letters, and retries until they are safe. */
final class RejectedRecords {

    private static final Logger LOG = Logger.getLogger(RejectedRecords.class);
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();

    /** Dead letters that are written together. */
    private static final class Bundle {
        private final List<DeadLetter> letters;
        private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
        private volatile boolean waiting;

        private Bundle(List<DeadLetter> letters) {
            this.letters = letters;
        }
    }

    private final DeadLetterQueue keeper;
    private final StreamTime time;
    private final List<Bundle> bundles = new ArrayList<>();
    private long triedAt;

    RejectedRecords(DeadLetterQueue keeper, StreamTime time) {
        this.keeper = keeper;
        this.time = time;
    }

    /**
     * Writes dead letters.
     *
     * @return completes with true when they are safe, with false when they are abandoned
     */
    CompletableFuture<Boolean> deadLetter(List<DeadLetter> letters) {
        Bundle bundle = new Bundle(letters);
        attempt(bundle);
        if (!bundle.settled.isDone()) {
            bundles.add(bundle);
        }
        return bundle.settled;
    }

    private void attempt(Bundle bundle) {
        bundle.waiting = false;
        triedAt = time.nanos();
        CompletionStage<Void> safe;
        try {
            safe = keeper.publish(bundle.letters);
        } catch (RuntimeException e) {
            safe = CompletableFuture.failedStage(e);
        }
        safe.whenComplete((nothing, failure) -> {
            if (failure == null) {
                bundle.settled.complete(true);
            } else {
                LOG.warnf("Records that a stage rejected could not be kept as dead letters yet: stream=%s records=%d reason=%s",
                        bundle.letters.get(0).address().stream(), bundle.letters.size(), failure.getMessage());
                bundle.waiting = true;
            }
        });
    }

    /**
     * Retries failed writes after a delay.
     *
     * @param stopping whether writes that fail are abandoned instead
     */
    void retry(boolean stopping) {
        bundles.removeIf(bundle -> bundle.settled.isDone());
        if (stopping) {
            bundles.stream().filter(bundle -> bundle.waiting).forEach(bundle -> bundle.settled.complete(false));
        } else if (!bundles.isEmpty() && time.nanos() - triedAt >= AGAIN) {
            bundles.stream().filter(bundle -> bundle.waiting).forEach(this::attempt);
        }
    }
}
