package io.freshet.stream.engine;

import java.time.Duration;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.freshet.stream.delivery.StreamStatistics;

/** Logs the progress of a stream while it runs. */
final class ProgressLog {

    private static final Logger LOG = Logger.getLogger(Stream.class);

    private final String stream;
    private final long interval;
    private long next;

    ProgressLog(String stream, Duration interval, long now) {
        this.stream = stream;
        this.interval = interval.toNanos();
        this.next = now + this.interval;
    }

    /** Logs the progress if the interval has passed. */
    void tick(long now, long generated, Supplier<StreamStatistics> statistics) {
        if (now - next < 0) {
            return;
        }
        next = now + interval;
        LOG.infof("Stream progress: stream=%s %s", stream, statistics.get().progress(generated));
    }
}
