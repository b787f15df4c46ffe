package io.freshet.stream.assembly;

import java.util.List;
import java.util.concurrent.Semaphore;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.deadletter.DeadLetterQueue;
import io.freshet.sink.DeadLetter;

/** Stores messages of feeds and channels that are not records as dead letters, without making their readers wait. */
@ApplicationScoped
public class MalformedMessages {

    private static final Logger LOG = Logger.getLogger(MalformedMessages.class);
    /** Letters that may be pending at once; beyond that, a flood of malformed messages is counted but not stored. */
    private static final int MAX_PENDING = 1_000;

    private final DeadLetterQueue deadLetters;
    private final Semaphore pending = new Semaphore(MAX_PENDING);

    public MalformedMessages(DeadLetterQueue deadLetters) {
        this.deadLetters = deadLetters;
    }

    void keep(DeadLetter letter) {
        if (!pending.tryAcquire()) {
            return;
        }
        deadLetters.publish(List.of(letter)).whenComplete((kept, thrown) -> {
            pending.release();
            if (thrown != null) {
                LOG.warnf("A malformed message could not be stored as a dead letter: stream=%s reason=%s",
                        letter.address().stream(), thrown.getMessage());
            }
        });
    }
}
