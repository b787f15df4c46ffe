package io.freshet.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;

import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterKeeper;

/** Has what stages reject kept among the dead letters, again and again until it is. */
final class StageLetters {

    private static final Logger LOG = Logger.getLogger(StageLetters.class);
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();

    /** Letters that are kept together. */
    private static final class Bundle {
        private final List<DeadLetter> letters;
        private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
        private volatile boolean waiting;

        private Bundle(List<DeadLetter> letters) {
            this.letters = letters;
        }
    }

    private final DeadLetterKeeper keeper;
    private final StreamTime time;
    private final List<Bundle> bundles = new ArrayList<>();
    private long triedAt;

    StageLetters(DeadLetterKeeper keeper, StreamTime time) {
        this.keeper = keeper;
        this.time = time;
    }

    /** Completes with true when they are safe, with false when it was given up. */
    CompletableFuture<Boolean> keep(List<DeadLetter> letters) {
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
            safe = keeper.keep(bundle.letters);
        } catch (RuntimeException e) {
            safe = CompletableFuture.failedStage(e);
        }
        safe.whenComplete((nothing, failure) -> {
            if (failure == null) {
                bundle.settled.complete(true);
            } else {
                LOG.warnf("What a stage rejected is not kept yet: stream=%s records=%d reason=%s",
                        bundle.letters.get(0).address().stream(), bundle.letters.size(), failure.getMessage());
                bundle.waiting = true;
            }
        });
    }

    /**
     * Tries again what failed, after a while.
     *
     * @param stopping whether what fails is given up instead
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
