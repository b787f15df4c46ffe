package io.freshet.model.privacy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

import io.freshet.stats.Philox;

/** A source of uniform random bits for noise. Not thread-safe. */
@FunctionalInterface
public interface NoiseSource {

    /** Returns the next 64 random bits. */
    long next();

    /** Returns a cryptographically secure source, which cannot be predicted or repeated. */
    static NoiseSource secure() {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[1 << 12];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(bytes.length);
        return () -> {
            if (!buffer.hasRemaining()) {
                random.nextBytes(bytes);
                buffer.rewind();
            }
            return buffer.getLong();
        };
    }

    /** Returns a source that repeats itself, for tests: whoever knows the seed can subtract the noise. */
    static NoiseSource seeded(long seed) {
        long[] words = new long[2];
        long[] count = new long[1];
        return () -> {
            if ((count[0] & 1) == 0) {
                Philox.words(count[0] >>> 1, 0, SeededNoise.TAG, seed, words);
            }
            return words[(int) (count[0]++ & 1)];
        };
    }
}
