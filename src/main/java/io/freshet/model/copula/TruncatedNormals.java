package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.model.copula.Factor.Interval;
import io.freshet.stats.Correlations;
import io.freshet.stats.Normal;
import io.freshet.stats.TruncatedNormal;

/**
 * Draws the latent numbers of a stratum inside a {@link LatentRegion}: represents the region as a union of boxes, each with its
 * proposals, and completes an accepted proposal to all latent numbers. A union of too many boxes is covered by fewer, larger
 * ones, and proposals outside the region are then rejected.
 */
final class TruncatedNormals {

    private static final int MAX_BOXES = 1024;

    private final LatentSpace latent;
    /** The dependent dimensions, constrained ones first. */
    private final int[] order;
    private final double[][] cholesky;
    private final int constrained;
    private final List<Factor> independent;
    /** The factors that each box covers, in the order of the constrained dimensions; none if the box covers nothing else. */
    private final List<List<Factor>> exact = new ArrayList<>();
    private final List<TiltedBox> boxes = new ArrayList<>();
    private final List<Interval[]> sides = new ArrayList<>();
    private final FreeNormals free;
    private final double[][] ordered;

    private TruncatedNormals(CopulaStratum stratum, List<List<Factor>> alternatives, List<Factor> independent) {
        this.latent = stratum.latent();
        this.constrained = alternatives.get(0).size();
        this.independent = independent;
        this.order = order(alternatives.get(0), latent.dependent());
        this.cholesky = Correlations.cholesky(permuted(stratum.correlation(), order));
        this.free = new FreeNormals(latent, new double[0][]);
        this.ordered = new double[order.length][BlockRows.MOST];
        int max = Math.max(1, MAX_BOXES / alternatives.size());
        for (List<Factor> factors : alternatives) {
            List<Factor> covers = cover(factors, max);
            addBoxes(covers, covers.equals(factors) ? List.of() : factors, new Interval[constrained], 0);
        }
    }

    static TruncatedNormals of(CopulaStratum stratum, LatentRegion region) {
        int size = stratum.latent().dependent();
        List<Factor> first = region.alternatives().get(0);
        int[] narrowestFirst = IntStream.range(0, first.size()).filter(f -> first.get(f).dimension() < size).boxed()
                .sorted(Comparator.<Integer> comparingDouble(f -> mass(region, f)).thenComparing(f -> first.get(f).dimension()))
                .mapToInt(Integer::intValue).toArray();
        List<List<Factor>> dependent = region.alternatives().stream()
                .map(factors -> IntStream.of(narrowestFirst).mapToObj(factors::get).toList()).toList();
        List<Factor> independent = first.stream().filter(factor -> factor.dimension() >= size).toList();
        return new TruncatedNormals(stratum, dependent, independent);
    }

    private static double mass(LatentRegion region, int factor) {
        return region.alternatives().stream().mapToDouble(factors -> factors.get(factor).mass()).sum();
    }

    private static int[] order(List<Factor> constrained, int size) {
        int[] order = new int[size];
        boolean[] first = new boolean[size];
        int next = 0;
        for (Factor factor : constrained) {
            order[next++] = factor.dimension();
            first[factor.dimension()] = true;
        }
        for (int dimension = 0; dimension < size; dimension++) {
            if (!first[dimension]) {
                order[next++] = dimension;
            }
        }
        return order;
    }

    private static double[][] permuted(double[][] correlation, int[] order) {
        double[][] permuted = new double[order.length][order.length];
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < order.length; j++) {
                permuted[i][j] = correlation[order[i]][order[j]];
            }
        }
        return permuted;
    }

    private static List<Factor> cover(List<Factor> factors, int max) {
        List<Factor> cover = new ArrayList<>(factors);
        while (cover.stream().mapToDouble(factor -> factor.intervals().size()).reduce(1, (a, b) -> a * b) > max) {
            int widest = 0;
            for (int t = 1; t < cover.size(); t++) {
                widest = cover.get(t).intervals().size() > cover.get(widest).intervals().size() ? t : widest;
            }
            Factor factor = cover.get(widest);
            cover.set(widest, factor.coarsened((factor.intervals().size() + 1) / 2));
        }
        return cover;
    }

    private void addBoxes(List<Factor> factors, List<Factor> covered, Interval[] chosen, int depth) {
        if (depth < factors.size()) {
            for (Interval interval : factors.get(depth).intervals()) {
                chosen[depth] = interval;
                addBoxes(factors, covered, chosen, depth + 1);
            }
            return;
        }
        double[] from = new double[depth];
        double[] to = new double[depth];
        for (int t = 0; t < depth; t++) {
            from[t] = chosen[t].from();
            to[t] = chosen[t].to();
        }
        boxes.add(new TiltedBox(cholesky, from, to));
        sides.add(chosen.clone());
        exact.add(covered);
    }

    /** Returns how many correlated dimensions are constrained; without any, there is one box without sides. */
    int constrained() {
        return constrained;
    }

    int boxes() {
        return boxes.size();
    }

    /** Returns the logarithm of the largest likelihood ratio in a box, which is its weight in a mixture of proposals. */
    double logWeight(int box) {
        return boxes.get(box).bound();
    }

    /** Returns the probability of the conditions on the independent dimensions. */
    double independentMass() {
        double mass = 1;
        for (Factor factor : independent) {
            mass *= factor.mass();
        }
        return mass;
    }

    /**
     * Writes a proposal of the uncorrelated numbers to {@code e}.
     *
     * @return the logarithm of its acceptance probability; −∞ outside the region
     */
    double propose(int box, long row, int tag, long seed, double[] e, long[] words) {
        double logAcceptance = boxes.get(box).propose(row, tag, seed, e, words);
        List<Factor> factors = exact.get(box);
        for (int t = 0; t < factors.size(); t++) {
            if (!factors.get(t).contains(sides.get(box)[t].clamp(correlated(t, e)))) {
                return Double.NEGATIVE_INFINITY;
            }
        }
        return logAcceptance;
    }

    /** Sums in the order of {@link FreeNormals#correlate}, so that both give the same bits. */
    private double correlated(int t, double[] e) {
        double sum = e[t] * cholesky[t][t];
        for (int k = 0; k < t; k++) {
            sum += cholesky[t][k] * e[k];
        }
        return sum;
    }

    /**
     * Completes accepted proposals to the latent numbers of a block.
     *
     * @param accepted the uncorrelated numbers, by place
     * @param chosen the box, by place
     */
    void complete(long seed, BlockRows rows, double[][] accepted, int[] chosen, double[][] z) {
        free.draw(seed, rows, z);
        int n = rows.size();
        for (int t = 0; t < order.length; t++) {
            if (t >= constrained) {
                System.arraycopy(z[order[t]], 0, ordered[t], 0, n);
                continue;
            }
            for (int i = 0; i < n; i++) {
                ordered[t][i] = accepted[rows.place(i)][t];
            }
        }
        FreeNormals.correlate(cholesky, ordered, n);
        for (int t = 0; t < order.length; t++) {
            System.arraycopy(ordered[t], 0, z[order[t]], 0, n);
        }
        for (int t = 0; t < constrained; t++) {
            double[] numbers = z[order[t]];
            for (int i = 0; i < n; i++) {
                numbers[i] = sides.get(chosen[rows.place(i)])[t].clamp(numbers[i]);
            }
        }
        for (Factor factor : independent) {
            moveInside(factor, z[factor.dimension()], n);
        }
    }

    /** Maps unconstrained numbers onto the intervals by their quantiles. */
    private static void moveInside(Factor factor, double[] z, int n) {
        List<Interval> intervals = factor.intervals();
        double[] masses = intervals.stream().mapToDouble(Interval::mass).toArray();
        double total = factor.mass();
        for (int i = 0; i < n; i++) {
            double rest = Normal.cumulative(z[i]) * total;
            int chosen = 0;
            while (rest > masses[chosen] && chosen < masses.length - 1) {
                rest -= masses[chosen++];
            }
            Interval interval = intervals.get(chosen);
            double u = Math.min(1 - 0x1p-53, Math.max(0x1p-53, rest / masses[chosen]));
            z[i] = interval.clamp(TruncatedNormal.quantile(interval.from(), interval.to(), u));
        }
    }
}
