package io.freshet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BoostedTreesTest {

    private static final int ROWS = 4_000;
    private static final int[] FIRST_HALF = IntStream.range(0, ROWS / 2).toArray();

    private final Random random = new Random(11);
    private final double[] a = random.doubles(ROWS).toArray();
    private final double[] b = random.doubles(ROWS).toArray();
    private final double[] noise = random.doubles(ROWS).toArray();

    private double area(BoostedTrees trees, boolean[] second) {
        double[] ofFirst = IntStream.range(ROWS / 2, ROWS).filter(row -> !second[row]).mapToDouble(trees::predict).toArray();
        double[] ofSecond = IntStream.range(ROWS / 2, ROWS).filter(row -> second[row]).mapToDouble(trees::predict).toArray();
        return RocCurve.area(ofFirst, ofSecond);
    }

    @Test
    void aClassifierLearnsWhatNoSingleColumnSays() {
        boolean[] second = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            second[row] = a[row] > .5 ^ b[row] > .5;
        }

        BoostedTrees trees = BoostedTrees.classifier(BinnedColumns.of(List.of(a, noise, b)), FIRST_HALF, second, 60);

        assertThat(area(trees, second)).isGreaterThan(.97);
        assertThat(trees.gains()[1]).isLessThan(trees.gains()[0]).isLessThan(trees.gains()[2]);
    }

    @Test
    void aClassifierOfChanceIsNoBetterThanChance() {
        boolean[] second = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            second[row] = noise[row] > .5;
        }

        assertThat(area(BoostedTrees.classifier(BinnedColumns.of(List.of(a, b)), FIRST_HALF, second, 60), second))
                .isCloseTo(.5, within(.04));
    }

    @Test
    void aRegressionExplainsASmoothFunctionAndMissingValues() {
        double[] target = new double[ROWS];
        double[] sometimes = a.clone();
        for (int row = 0; row < ROWS; row++) {
            target[row] = row % 5 == 0 ? 3 : Math.sin(6 * a[row]);
            sometimes[row] = row % 5 == 0 ? Double.NaN : a[row];
        }

        BoostedTrees trees = BoostedTrees.regression(BinnedColumns.of(List.of(sometimes)), FIRST_HALF, target, 100);

        double largest = IntStream.range(ROWS / 2, ROWS).mapToDouble(row -> Math.abs(trees.predict(row) - target[row])).max()
                .orElseThrow();
        assertThat(largest).isLessThan(.2);
    }

    @Test
    void theAreaUnderTheCurveCountsTiesHalf() {
        // of six pairs four are in order and one is a tie
        assertThat(RocCurve.area(new double[] { 1, 2, 3 }, new double[] { 2, 4 })).isCloseTo(4.5 / 6, within(1e-12));
        assertThat(RocCurve.area(new double[] { 1, 1 }, new double[] { 1 })).isEqualTo(.5);
        assertThat(RocCurve.area(new double[0], new double[] { 1 })).isNaN();
    }

    @Test
    void columnsOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> BinnedColumns.of(List.of(a, new double[3]))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinnedColumns.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
