package io.freshet.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.freshet.deadletter.channel.DeadLetterChannel;
import io.freshet.deadletter.channel.DeadLetterTopic;
import io.freshet.sink.DeadLetter;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Moves spooled dead letters to their channel. It uses its own thread, so that waiting for Kafka delays neither new letters nor
 * requests. Letters that are too large for the topic are put on hold and tried again every minute, because the limit of the
 * topic may have been raised.
 */
final class SpoolDrain implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SpoolDrain.class);
    private static final Duration HOLD = Duration.ofMinutes(1);

    private final DeadLetterChannel channel;
    private final DeadLetterStore store;
    private final ScheduledExecutorService worker = Threads.scheduled(ThreadKind.DEAD_LETTERS_DRAIN);
    /** Held while letters move from the folder to the topic. */
    private final ReentrantLock moving = new ReentrantLock(true);
    private volatile boolean closing;

    private SpoolDrain(DeadLetterChannel channel, DeadLetterStore store) {
        this.channel = channel;
        this.store = store;
    }

    static SpoolDrain start(DeadLetterChannel channel, DeadLetterStore store, Duration every) {
        SpoolDrain drain = new SpoolDrain(channel, store);
        drain.worker.scheduleWithFixedDelay(drain::drain, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        drain.worker.scheduleWithFixedDelay(drain::retryThoseOnHold, HOLD.toMillis(), HOLD.toMillis(), TimeUnit.MILLISECONDS);
        return drain;
    }

    private void drain() {
        try {
            while (!closing && moveOldest()) {
                // other threads may remove letters between two steps
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("Spilled dead letters stay on disk: reason=%s", e.getMessage());
        }
    }

    /**
     * Moves the oldest file to the topic.
     *
     * @return whether there was a file
     */
    private boolean moveOldest() throws IOException {
        moving.lock();
        try {
            Optional<DeadLetterSpool> found = store.find();
            List<DeadLetter> oldest = found.isPresent() ? found.get().oldest() : List.of();
            if (found.isEmpty() || oldest.isEmpty()) {
                return false;
            }
            DeadLetterSpool spool = found.get();
            List<DeadLetter> tooLarge = channel.send(oldest);
            if (tooLarge.isEmpty()) {
                spool.removeOldest();
            } else {
                spool.holdOldest(tooLarge);
            }
            if (tooLarge.size() < oldest.size()) {
                LOG.infof("Spilled dead letters reached their channel: letters=%d left=%d bytes",
                        oldest.size() - tooLarge.size(),
                        spool.bytes());
            }
            return true;
        } finally {
            moving.unlock();
        }
    }

    private void retryThoseOnHold() {
        try {
            Optional<DeadLetterSpool> spool = store.find();
            if (spool.isPresent() && spool.get().onHold() > 0) {
                channel.topic().ifPresent(DeadLetterTopic::renew);
                spool.get().release();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("Dead letters on hold could not be retried: reason=%s", e.getMessage());
        }
    }

    /** Deletes spooled letters that match. None of them reaches the topic afterwards. */
    void remove(Predicate<DeadLetter> unwanted) throws IOException {
        moving.lock();
        try {
            Optional<DeadLetterSpool> spool = store.find();
            if (spool.isPresent()) {
                spool.get().remove(unwanted);
            }
        } finally {
            moving.unlock();
        }
    }

    @Override
    public void close() {
        closing = true;
        worker.shutdownNow();
    }
}
