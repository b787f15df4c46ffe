package io.freshet.stream;

import java.time.Duration;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.freshet.source.Source;

/** What the log says of a stream while it runs. */
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

    /** Says how far the stream is when it is time to. */
    void tick(long now, long generated, Supplier<StreamStatistics> statistics) {
        if (now - next < 0) {
            return;
        }
        next = now + interval;
        LOG.infof("A stream's progress: stream=%s %s", stream, statistics.get().progress(generated));
    }

    /** Closes the source, and says so if that does not work. */
    void close(Source source) {
        try {
            source.close();
        } catch (RuntimeException e) {
            LOG.warnf("A source was not closed well: stream=%s reason=%s", stream, e.getMessage());
        }
    }
}
