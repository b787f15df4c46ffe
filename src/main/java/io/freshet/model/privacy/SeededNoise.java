package io.freshet.model.privacy;

/** The random numbers of {@link NoiseSource#seeded}. */
final class SeededNoise {

    /** Separates them from the random numbers of generators. */
    static final int TAG = 0xd1f5;

    private SeededNoise() {
    }
}
