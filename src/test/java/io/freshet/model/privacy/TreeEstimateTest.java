package io.freshet.model.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class TreeEstimateTest {

    private static final int[] SIZES = { 2, 3, 4, 2 };
    /** A path from column 1 over 0 to 2, and 3 on its own. */
    private static final BeliefTree TREE = BeliefTree.of(
            List.of(new TreeSelection.Pair(0, 1), new TreeSelection.Pair(0, 2)), SIZES);

    @Test
    void beliefPropagationGivesTheMarginalsOfTheJointDistribution() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] potentials = new double[6][];
        int[] cells = { 2, 3, 4, 2, 6, 8 };
        for (int table = 0; table < cells.length; table++) {
            potentials[table] = random.doubles(cells[table], -2, 2).toArray();
        }

        double[][] marginals = TREE.marginals(potentials, 100);

        double[][] joint = joint(potentials, 100);
        for (int table = 0; table < cells.length; table++) {
            for (int cell = 0; cell < cells[table]; cell++) {
                assertThat(marginals[table][cell]).isCloseTo(joint[table][cell], within(1e-9));
            }
        }
    }

    /** Sums over all 48 combinations of codes. */
    private static double[][] joint(double[][] potentials, double total) {
        double[][] sums = IntStream.range(0, potentials.length).mapToObj(t -> new double[potentials[t].length])
                .toArray(double[][]::new);
        double all = 0;
        for (int at = 0; at < 48; at++) {
            int a = at % 2;
            int b = at / 2 % 3;
            int c = at / 6 % 4;
            int d = at / 24;
            int[] cells = { a, b, c, d, a * 3 + b, a * 4 + c };
            double weight = Math.exp(IntStream.range(0, 6).mapToDouble(t -> potentials[t][cells[t]]).sum());
            all += weight;
            for (int table = 0; table < 6; table++) {
                sums[table][cells[table]] += weight;
            }
        }
        double factor = total / all;
        return Arrays.stream(sums).map(sum -> Arrays.stream(sum).map(x -> x * factor).toArray()).toArray(double[][]::new);
    }

    @Test
    void countsWithoutNoiseAreTheirOwnEstimate() {
        double[] pair = { 30, 5, 5, 10, 20, 30 };
        double[] other = { 10, 10, 20, 0, 15, 15, 15, 15 };
        List<NoisyCounts> nodes = List.of(exact(40, 60), exact(40, 25, 35), exact(25, 25, 35, 15), exact(1, 99));

        List<double[]> estimate = TreeEstimate.of(100, nodes, List.of(exact(pair), exact(other)), TREE);

        assertThat(estimate.get(4)).usingComparatorWithPrecision(.1).containsExactly(pair);
        assertThat(estimate.get(5)).usingComparatorWithPrecision(.1).containsExactly(other);
        assertThat(estimate.get(3)).usingComparatorWithPrecision(.1).containsExactly(1, 99);
    }

    @Test
    void contradictionsAreSettledByTheirVariances() {
        List<NoisyCounts> nodes = List.of(NoisyCounts.of(new double[] { 60, 40 }, 1), exact(50, 50));
        BeliefTree tree = BeliefTree.of(List.of(new TreeSelection.Pair(0, 1)), new int[] { 2, 2 });
        NoisyCounts pair = NoisyCounts.of(new double[] { 20, -20, 30, 70 }, 100);

        List<double[]> estimate = TreeEstimate.of(100, nodes, List.of(pair), tree);

        double[] edge = estimate.get(2);
        assertThat(Arrays.stream(edge)).allMatch(count -> count >= 0);
        assertThat(edge[0] + edge[1]).isCloseTo(60, within(1.5)).isCloseTo(estimate.get(0)[0], within(1e-6));
        assertThat(edge[0] + edge[2]).isCloseTo(50, within(.5));
    }

    @Test
    void theProjectionKeepsTheTotalAndNoNegativeCount() {
        double[] counts = Simplex.project(NoisyCounts.of(new double[] { 50, -10, 70, 2 }, 4), 100);

        assertThat(counts).usingComparatorWithPrecision(1e-6).containsExactly(40, 0, 60, 0);
    }

    private static NoisyCounts exact(double... counts) {
        return NoisyCounts.of(counts, 1);
    }
}
