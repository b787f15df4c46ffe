package io.freshet.model.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.table.TableSample;

/**
 * Attacks private models: two tables differ in one row, and an attacker who knows both decides from a model which of the two it
 * was fitted to. By the definition of (ε, δ), no rule may accept one table with more than e<sup>ε</sup> times the probability
 * with which it accepts the other, plus δ (P. Kairouz, S. Oh, P. Viswanath, ICML 2015).
 */
class MembershipAttackTest {

    private static final double EPSILON = 1;
    private static final double DELTA = 1e-3;
    /** By the inequality of Dvoretzky, Kiefer and Wolfowitz, shares are further off with a probability of 2e-6. */
    private static final double CONFIDENCE = 1e-6;

    @Test
    void noisyCountsHideARowAsEpsilonSays() {
        int runs = 2_500;
        double rho = ZeroConcentrated.rho(EPSILON, DELTA) / 5;

        assertThat(excess(runs, seed -> likelihoodRatio(rho, 0, seed), seed -> likelihoodRatio(rho, 1, seed)))
                .isLessThanOrEqualTo(0);
        assertThat(excess(runs, seed -> likelihoodRatio(64 * rho, 0, seed), seed -> likelihoodRatio(64 * rho, 1, seed)))
                .as("the attack finds noise that is too small").isGreaterThan(.1);
    }

    /**
     * Returns the logarithm of the likelihood ratio of five noisy counts, the most powerful test there is.
     *
     * @param row 1 if the row is in the table
     */
    private static double likelihoodRatio(double rho, int row, int seed) {
        NoisyQueries queries = new NoisyQueries(new ExactSampler(NoiseSource.seeded(2L * seed + row)));
        double ratio = 0;
        for (int query = 0; query < 5; query++) {
            NoisyCounts counts = queries.counts(new long[] { 20 + row }, rho);
            double off = counts.value(0) - 20;
            ratio += (off * off - (off - 1) * (off - 1)) / (2 * counts.variance(0));
        }
        return ratio;
    }

    @Test
    void modelsHideARowAsEpsilonSays() {
        int runs = 500;

        assertThat(excess(runs, seed -> expected(EPSILON, false, seed), seed -> expected(EPSILON, true, seed)))
                .isLessThanOrEqualTo(0);
        assertThat(excess(runs, seed -> expected(60, false, seed), seed -> expected(60, true, seed)))
                .as("the attack finds a row for which epsilon is too large").isGreaterThan(.1);
    }

    /**
     * Returns how many rows like the one in question a model expects, which grows with each of the noisy counts of that row.
     */
    private static double expected(double epsilon, boolean member, int seed) {
        PrivacyOptions options = PrivacyOptions.of(epsilon).withDelta(DELTA).withSeed(2L * seed + (member ? 1 : 0))
                .declaring(new DeclaredColumns(Map.of(), Map.of(), Map.of(),
                        Map.of("a", List.of("x", "y"), "b", List.of("x", "y"))));
        PrivateModel model = PrivateFitter.fit(member ? WITH : WITHOUT, options, Optional.empty());
        try {
            return model.fittedRows() * model.probability(ConditionParser.parse(Map.of("a", "y", "b", "y")));
        } catch (ConditionException e) {
            return 0;
        }
    }

    private static final String ROWS = "a,b\n" + "x,x\n".repeat(20) + "x,y\n".repeat(3) + "y,x\n".repeat(3);
    private static final TableSample WITHOUT = PrivateTables.read(ROWS);
    private static final TableSample WITH = PrivateTables.read(ROWS + "y,y\n");

    /**
     * Returns by how much an attack exceeds what ε and δ allow, for its best threshold and in either direction, beyond what
     * chance explains.
     *
     * @param without what the attacker sees without the row, by seed
     * @param with what the attacker sees with the row
     */
    private static double excess(int runs, IntToDoubleFunction without, IntToDoubleFunction with) {
        double[] a = IntStream.range(0, runs).mapToDouble(without).sorted().toArray();
        double[] b = IntStream.range(0, runs).mapToDouble(with).sorted().toArray();
        double chance = Math.sqrt(Math.log(2 / CONFIDENCE) / (2 * runs));
        double most = Double.NEGATIVE_INFINITY;
        for (double threshold : b) {
            double falsely = shareFrom(a, threshold);
            double rightly = shareFrom(b, threshold);
            most = Math.max(most, rightly - chance - Math.exp(EPSILON) * (falsely + chance) - DELTA);
            most = Math.max(most, 1 - falsely - chance - Math.exp(EPSILON) * (1 - rightly + chance) - DELTA);
        }
        return most;
    }

    private static double shareFrom(double[] sorted, double threshold) {
        int at = Arrays.binarySearch(sorted, threshold - 1e-9);
        return 1 - (at < 0 ? -at - 1 : at) / (double) sorted.length;
    }
}
