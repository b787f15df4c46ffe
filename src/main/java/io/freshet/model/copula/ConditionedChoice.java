package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ConditionException;
import io.freshet.stats.Philox;

/**
 * Chooses strata and latent numbers that satisfy conditions. The region is a union of boxes in each stratum. A row selects a
 * stratum and a box with weight share · exp(ψ*), draws a proposal inside the box, and accepts it with probability exp(ψ − ψ*).
 * This is exact without knowing the probability of any box. The number of the attempt is part of the counter, so a row remains
 * a pure function of its index.
 */
final class ConditionedChoice implements StratumChoice {

    private static final int FIRST_ATTEMPT_TAG = 1 << 20;
    private static final int PICK_BLOCK = 1 << 24;
    private static final int TRIALS = 4096;
    private static final int MIN_TRIALS = 64;
    /** If only one proposal in this many is accepted, drawing rows takes noticeable time. */
    private static final int MAX_TRIALS = 1 << 18;

    private final List<TruncatedNormals> parts = new ArrayList<>();
    private final int[] stratumOf;
    private final int[] partOf;
    private final int[] boxOf;
    private final double[] cumulated;
    private final double logScale;
    private final double[][] accepted;
    private final int[] chosen = new int[CHUNK];
    private final long[] words = new long[2];

    /**
     * @param regions one per stratum; null if no row of the stratum satisfies the conditions
     * @throws ConditionException if hardly any proposal would be accepted
     */
    ConditionedChoice(List<CopulaStratum> strata, @Nullable LatentRegion[] regions) {
        List<int[]> components = new ArrayList<>();
        List<Double> logWeights = new ArrayList<>();
        int constrained = 0;
        for (int s = 0; s < regions.length; s++) {
            LatentRegion region = regions[s];
            if (region == null) {
                continue;
            }
            TruncatedNormals part = TruncatedNormals.of(strata.get(s), region);
            constrained = Math.max(constrained, part.constrained());
            for (int box = 0; box < part.boxes(); box++) {
                components.add(new int[] { s, parts.size(), box });
                logWeights.add(part.logWeight(box) + StrictMath.log(strata.get(s).share() * part.independentMass()));
            }
            parts.add(part);
        }
        stratumOf = components.stream().mapToInt(c -> c[0]).toArray();
        partOf = components.stream().mapToInt(c -> c[1]).toArray();
        boxOf = components.stream().mapToInt(c -> c[2]).toArray();
        logScale = logWeights.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NEGATIVE_INFINITY);
        cumulated = new double[stratumOf.length];
        double sum = 0;
        for (int c = 0; c < cumulated.length; c++) {
            sum += StrictMath.exp(logWeights.get(c) - logScale);
            cumulated[c] = sum;
        }
        accepted = new double[CHUNK][constrained];
        if (!isWorthwhile()) {
            throw new ConditionException("conditions",
                    "hardly any row satisfies all conditions together; use fewer conditions");
        }
    }

    @Override
    public void choose(long seed, long firstRow, int[] strata, int rows) {
        for (int i = 0; i < rows; i++) {
            int attempt = 0;
            int component = pick(firstRow + i, attempt, seed);
            long coin = words[1];
            while (StrictMath.log(Philox.uniform(coin)) > propose(component, firstRow + i, attempt, seed, accepted[i])) {
                attempt++;
                component = pick(firstRow + i, attempt, seed);
                coin = words[1];
            }
            strata[i] = stratumOf[component];
            chosen[i] = component;
        }
    }

    private int pick(long row, int attempt, long seed) {
        Philox.words(row, PICK_BLOCK, FIRST_ATTEMPT_TAG + attempt, seed, words);
        double pick = Philox.uniform(words[0]) * cumulated[cumulated.length - 1];
        int low = 0;
        int high = cumulated.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pick >= cumulated[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double propose(int component, long row, int attempt, long seed, double[] e) {
        return parts.get(partOf[component]).propose(boxOf[component], row, FIRST_ATTEMPT_TAG + attempt, seed, e, words);
    }

    @Override
    public LatentNormals normals(int stratum) {
        for (int c = 0; c < stratumOf.length; c++) {
            if (stratumOf[c] == stratum) {
                TruncatedNormals part = parts.get(partOf[c]);
                int first = c;
                int[] box = new int[CHUNK];
                return (seed, rows, z) -> {
                    for (int i = 0; i < rows.size(); i++) {
                        box[rows.place(i)] = chosen[rows.place(i)] - first;
                    }
                    part.complete(seed, rows, accepted, box, z);
                };
            }
        }
        throw new IllegalArgumentException("stratum " + stratum + " has no rows that satisfy the conditions");
    }

    /**
     * Returns the probability of the conditions: exact if no proposal is ever rejected, otherwise estimated from the mean
     * acceptance of a fixed set of proposals.
     */
    double probability() {
        return StrictMath.exp(logScale) * cumulated[cumulated.length - 1] * meanAcceptance(TRIALS);
    }

    /** Tries more and more proposals until some are accepted. */
    private boolean isWorthwhile() {
        int trials = MIN_TRIALS;
        while (trials < MAX_TRIALS && meanAcceptance(trials) * trials < 1) {
            trials *= 8;
        }
        return meanAcceptance(trials) * trials >= 1;
    }

    private double meanAcceptance(int trials) {
        double sum = 0;
        for (int trial = 0; trial < trials; trial++) {
            int component = pick(trial, 0, TRIALS);
            sum += StrictMath.exp(propose(component, trial, 0, TRIALS, accepted[0]));
        }
        return sum / trials;
    }
}
