package io.freshet.stream;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Time as a stream sees it, so that a test can be its own clock. */
interface StreamTime {

    /** The machine's clock. */
    StreamTime SYSTEM = new StreamTime() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };

    /** Nanoseconds from an arbitrary moment on, steady. */
    long nanos();

    /** Date and time. */
    Instant now();

    /** Lets the calling thread wait for so long, or until somebody unparks it, or for no reason less long. */
    void park(long nanos);
}
