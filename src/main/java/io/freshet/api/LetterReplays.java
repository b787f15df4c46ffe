package io.freshet.api;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.deadletter.DeadLetterFilter;
import io.freshet.deadletter.DeadLetters;
import io.freshet.deadletter.ReplayProgress;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Replays dead letters, one replay at a time, in the thread of a request or in the background. */
@ApplicationScoped
public class LetterReplays {

    private static final Logger LOG = Logger.getLogger(LetterReplays.class);

    private final DeadLetters letters;
    private final AtomicReference<@Nullable Run> latest = new AtomicReference<>();

    public LetterReplays(DeadLetters letters) {
        this.letters = letters;
    }

    /**
     * A replay as the API shows it.
     *
     * @param state running, done or failed
     * @param found the letters that are replayed, as far as they have been read
     * @param count the letters that were delivered
     * @param dropped the letters whose records a stage dropped on purpose; they are no dead letters any more
     * @param remaining the letters that could not be delivered
     * @param reason why the last of these remains
     * @param error why the replay failed
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReplayView(String state, Instant startedAt, int found, int count, int dropped, int remaining,
            @Nullable String reason, @Nullable String error) {
    }

    private static final class Run {
        private final Instant startedAt = Instant.now();
        private final ReplayProgress progress = new ReplayProgress();
        private volatile String state = "running";
        private volatile @Nullable String error;

        private boolean isUnderWay() {
            return state.equals("running");
        }

        private ReplayView view() {
            ReplayProgress.Counts counts = progress.counts();
            return new ReplayView(state, startedAt, counts.found(), counts.delivered(), counts.dropped(), counts.remaining(),
                    counts.reason().isEmpty() ? null : counts.reason(), error);
        }
    }

    /** Returns the replay that is running or was the last; empty if there was none since the service started. */
    Optional<ReplayView> latest() {
        return Optional.ofNullable(latest.get()).map(Run::view);
    }

    /**
     * Replays in the calling thread.
     *
     * @throws ProblemException if a replay is running
     */
    ReplayView run(DeadLetterFilter filter, DeadLetters.LetterDelivery delivery) {
        Run run = start();
        execute(run, filter, delivery);
        return run.view();
    }

    /**
     * Replays in the background.
     *
     * @throws ProblemException if a replay is running
     */
    ReplayView begin(DeadLetterFilter filter, DeadLetters.LetterDelivery delivery) {
        Run run = start();
        Threads.create(ThreadKind.DEAD_LETTERS, "replay", () -> {
            try {
                execute(run, filter, delivery);
            } catch (RuntimeException e) {
                LOG.warnf("Dead letters could not be replayed: reason=%s", e.getMessage());
            }
        }).start();
        return run.view();
    }

    private Run start() {
        Run run = new Run();
        Run before = latest.getAndUpdate(other -> other != null && other.isUnderWay() ? other : run);
        if (before != null && before.isUnderWay()) {
            throw new ProblemException(Problem.of(409, "a replay has been running since " + before.startedAt
                    + "; GET /api/v1/dead-letters/replay shows how far it is"));
        }
        return run;
    }

    private void execute(Run run, DeadLetterFilter filter, DeadLetters.LetterDelivery delivery) {
        try {
            letters.replay(filter, delivery, run.progress);
            run.state = "done";
        } catch (RuntimeException e) {
            Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
            run.error = String.valueOf(cause.getMessage());
            run.state = "failed";
            throw e;
        }
    }
}
