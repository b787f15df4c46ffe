package io.freshet.embed;

import java.time.Duration;
import java.time.Instant;

/** Counts the generated records. Thread-safe. */
final class GenerationCounter {

    private long samples;
    private long batches;
    private boolean started;
    private boolean ended;
    private long beginNanos;
    private long endNanos;

    Instant now() {
        return Instant.now();
    }

    synchronized void begin() {
        if (!started) {
            started = true;
            beginNanos = System.nanoTime();
        }
        ended = false;
    }

    synchronized void add(int records) {
        samples += records;
        batches++;
    }

    synchronized void end() {
        ended = true;
        endNanos = System.nanoTime();
    }

    synchronized GenerationStatistics statistics() {
        long elapsed = started ? (ended ? endNanos : System.nanoTime()) - beginNanos : 0;
        return new GenerationStatistics(samples, batches, Duration.ofNanos(elapsed));
    }
}
