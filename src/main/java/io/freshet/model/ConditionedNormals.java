package io.freshet.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.freshet.model.LatentRegion.Interval;
import io.freshet.stats.Correlations;
import io.freshet.stats.Normal;
import io.freshet.stats.Philox;
import io.freshet.stats.TruncatedNormal;

/**
 * Latent numbers inside a {@link LatentRegion}. The region is a union of boxes; a row picks a box with weight exp(ψ*), draws
 * inside it
 * and accepts with exp(ψ − ψ*), which is exact without knowing any box's probability. The number of the attempt is part of the
 * counter, so a row stays a pure function of its index.
 */
final class ConditionedNormals implements LatentNormals {

    private static final int MOST_BOXES = 4096;
    private static final int FIRST_ATTEMPT_TAG = 1 << 20;
    private static final int PICK_BLOCK = 1 << 24;
    private static final int TRIALS = 4096;

    private final LatentSpace latent;
    private final int constrained;
    private final int[] order;
    private final double[][] cholesky;
    private final List<TiltedBox> boxes;
    private final double[] cumulatedWeights;
    private final double logScale;
    private final Map<Integer, List<Interval>> independent;
    private final FreeNormals free;
    private final double[][] ordered;
    private final double[] e;
    private final long[] words = new long[2];

    private ConditionedNormals(LatentSpace latent, int[] order, int constrained, double[][] cholesky, List<TiltedBox> boxes,
            Map<Integer, List<Interval>> independent) {
        this.latent = latent;
        this.order = order;
        this.constrained = constrained;
        this.cholesky = cholesky;
        this.boxes = boxes;
        this.independent = independent;
        this.free = new FreeNormals(latent, new double[0][]);
        this.ordered = new double[order.length][BLOCK];
        this.e = new double[constrained];
        this.logScale = boxes.stream().mapToDouble(TiltedBox::bound).max().orElse(0);
        this.cumulatedWeights = new double[boxes.size()];
        double sum = 0;
        for (int i = 0; i < boxes.size(); i++) {
            sum += StrictMath.exp(boxes.get(i).bound() - logScale);
            cumulatedWeights[i] = sum;
        }
    }

    static ConditionedNormals of(LatentSpace latent, double[][] correlation, LatentRegion region) {
        List<Map.Entry<Integer, List<Interval>>> dependent = region.intervals().entrySet().stream()
                .filter(entry -> entry.getKey() < correlation.length)
                .sorted(Comparator.<Map.Entry<Integer, List<Interval>>> comparingDouble(entry -> mass(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<Integer> constrained = dependent.stream().map(Map.Entry::getKey).toList();
        int[] order = order(constrained, correlation.length);
        double[][] permuted = new double[order.length][order.length];
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < order.length; j++) {
                permuted[i][j] = correlation[order[i]][order[j]];
            }
        }
        double[][] cholesky = Correlations.cholesky(permuted);
        List<TiltedBox> boxes = new ArrayList<>();
        if (!constrained.isEmpty()) {
            List<List<Interval>> choices = dependent.stream().map(Map.Entry::getValue).toList();
            addBoxes(cholesky, choices, new Interval[choices.size()], 0, boxes);
        }
        Map<Integer, List<Interval>> independent = new java.util.TreeMap<>(region.intervals());
        constrained.forEach(independent::remove);
        return new ConditionedNormals(latent, order, constrained.size(), cholesky, boxes, independent);
    }

    private static double mass(List<Interval> intervals) {
        return intervals.stream().mapToDouble(i -> Normal.cumulative(i.to()) - Normal.cumulative(i.from())).sum();
    }

    private static int[] order(List<Integer> constrained, int size) {
        int[] order = new int[size];
        int next = 0;
        for (int dimension : constrained) {
            order[next++] = dimension;
        }
        for (int dimension = 0; dimension < size; dimension++) {
            if (!constrained.contains(dimension)) {
                order[next++] = dimension;
            }
        }
        return order;
    }

    private static void addBoxes(double[][] cholesky, List<List<Interval>> choices, Interval[] chosen, int depth,
            List<TiltedBox> boxes) {
        if (depth == choices.size()) {
            if (boxes.size() == MOST_BOXES) {
                throw new ConditionException("conditions", "the conditions together have more than " + MOST_BOXES
                        + " combinations of ranges; take fewer in, not_in and ne");
            }
            double[] from = new double[depth];
            double[] to = new double[depth];
            for (int i = 0; i < depth; i++) {
                from[i] = chosen[i].from();
                to[i] = chosen[i].to();
            }
            boxes.add(new TiltedBox(cholesky, from, to));
            return;
        }
        for (Interval interval : choices.get(depth)) {
            chosen[depth] = interval;
            addBoxes(cholesky, choices, chosen, depth + 1, boxes);
        }
    }

    @Override
    public void draw(long seed, long firstRow, double[][] z, int rows) {
        free.draw(seed, firstRow, z, rows);
        if (constrained > 0) {
            drawDependent(seed, firstRow, z, rows);
        }
        independent.forEach((dimension, intervals) -> drawIndependent(z[dimension], intervals, rows));
    }

    private void drawDependent(long seed, long firstRow, double[][] z, int rows) {
        for (int i = 0; i < rows; i++) {
            drawRow(firstRow + i, seed);
            for (int t = 0; t < constrained; t++) {
                ordered[t][i] = e[t];
            }
        }
        for (int d = constrained; d < order.length; d++) {
            System.arraycopy(z[order[d]], 0, ordered[d], 0, rows);
        }
        FreeNormals.correlate(cholesky, ordered, rows);
        for (int d = 0; d < order.length; d++) {
            System.arraycopy(ordered[d], 0, z[order[d]], 0, rows);
        }
    }

    private void drawRow(long row, long seed) {
        int attempt = 0;
        double logAcceptance = propose(row, attempt, seed);
        while (StrictMath.log(Philox.uniform(words[1])) > logAcceptance) {
            attempt++;
            logAcceptance = propose(row, attempt, seed);
        }
    }

    /** Writes a proposal to {@link #e} and leaves a fresh random word in {@code words[1]}. */
    private double propose(long row, int attempt, long seed) {
        int tag = FIRST_ATTEMPT_TAG + attempt;
        Philox.words(row, PICK_BLOCK, tag, seed, words);
        int last = boxes.size() - 1;
        double pick = Philox.uniform(words[0]) * cumulatedWeights[last];
        long coin = words[1];
        int box = 0;
        while (box < last && pick >= cumulatedWeights[box]) {
            box++;
        }
        double logAcceptance = boxes.get(box).propose(row, tag, seed, e, words);
        words[1] = coin;
        return logAcceptance;
    }

    /**
     * The probability of the region: exact for one constrained dimension, else the mean acceptance of a fixed set of proposals
     * times
     * the sum of the weights.
     */
    double probability() {
        double probability = 1;
        for (List<Interval> intervals : independent.values()) {
            probability *= mass(intervals);
        }
        if (constrained == 0) {
            return probability;
        }
        double accepted = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            accepted += StrictMath.exp(propose(trial, 0, TRIALS));
        }
        return probability * StrictMath.exp(logScale) * cumulatedWeights[boxes.size() - 1] * accepted / TRIALS;
    }

    private static void drawIndependent(double[] z, List<Interval> intervals, int rows) {
        double total = mass(intervals);
        for (int i = 0; i < rows; i++) {
            double rest = Normal.cumulative(z[i]) * total;
            int chosen = 0;
            double mass = mass(intervals.subList(0, 1));
            while (rest > mass && chosen < intervals.size() - 1) {
                rest -= mass;
                chosen++;
                mass = mass(intervals.subList(chosen, chosen + 1));
            }
            Interval interval = intervals.get(chosen);
            z[i] = TruncatedNormal.quantile(interval.from(), interval.to(),
                    Math.min(1 - 1e-16, Math.max(1e-16, rest / mass)));
        }
    }
}
