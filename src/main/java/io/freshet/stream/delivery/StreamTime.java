package io.freshet.stream.delivery;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The time as a stream sees it, so that a test can control it. */
public interface StreamTime {

    /** The system clock. */
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

    /** Returns monotonic nanoseconds since an arbitrary origin. */
    long nanos();

    /** Returns the date and time. */
    Instant now();

    /** Parks the calling thread for this time. It returns earlier if the thread is unparked, or spuriously. */
    void park(long nanos);
}
