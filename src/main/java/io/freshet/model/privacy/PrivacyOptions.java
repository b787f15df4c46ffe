package io.freshet.model.privacy;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a model is fitted with differential privacy: two tables that differ in one row give any model with nearly the same
 * probability.
 *
 * @param epsilon how far apart the probabilities may be, as the logarithm of their ratio; {@value #MIN_EPSILON} to
 *        {@value #MAX_EPSILON}
 * @param delta the probability that is exempt from that; empty for 1 / rows², where the number of rows is a noisy one
 * @param budget the largest ε that the model may reach over all fits; empty to keep the budget that it has
 * @param seed the seed of the noise, for tests: a model with known noise is not private; empty for secure noise
 * @param declared what is public about the columns
 */
public record PrivacyOptions(double epsilon, OptionalDouble delta, OptionalDouble budget, OptionalLong seed,
        DeclaredColumns declared) {

    static final double MIN_EPSILON = 1e-3;
    static final double MAX_EPSILON = 1e3;

    /** @throws IllegalArgumentException if a parameter is out of range; the message begins with its name */
    public PrivacyOptions {
        if (!(epsilon >= MIN_EPSILON && epsilon <= MAX_EPSILON)) {
            throw new IllegalArgumentException("epsilon must be " + MIN_EPSILON + " to " + MAX_EPSILON + ", not " + epsilon);
        }
        if (delta.isPresent() && !(delta.getAsDouble() >= Double.MIN_NORMAL && delta.getAsDouble() <= .1)) {
            throw new IllegalArgumentException("delta must be greater than 0 and at most 0.1, not " + delta.getAsDouble());
        }
        if (budget.isPresent() && !(budget.getAsDouble() > 0)) {
            throw new IllegalArgumentException("budget must be greater than 0, not " + budget.getAsDouble());
        }
    }

    /** Options with secure noise, the default δ, no budget and no declarations. */
    public static PrivacyOptions of(double epsilon) {
        return new PrivacyOptions(epsilon, OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.empty(),
                DeclaredColumns.none());
    }

    public PrivacyOptions withDelta(double other) {
        return new PrivacyOptions(epsilon, OptionalDouble.of(other), budget, seed, declared);
    }

    public PrivacyOptions withBudget(double other) {
        return new PrivacyOptions(epsilon, delta, OptionalDouble.of(other), seed, declared);
    }

    /** For tests only: anyone who knows the seed can subtract the noise. */
    public PrivacyOptions withSeed(long other) {
        return new PrivacyOptions(epsilon, delta, budget, OptionalLong.of(other), declared);
    }

    public PrivacyOptions declaring(DeclaredColumns other) {
        return new PrivacyOptions(epsilon, delta, budget, seed, other);
    }

    NoiseSource noise() {
        return seed.isPresent() ? NoiseSource.seeded(seed.getAsLong()) : NoiseSource.secure();
    }
}
