package io.freshet.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The reference values were computed by hand from the published definitions. */
class MetricsTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final double NAN = Double.NaN;

    @Test
    void kolmogorovSmirnovLeavesMissingValuesOutAndMindsTies() {
        // the distribution functions are furthest apart at 2: 3/4 against 1/4
        assertThat(ColumnMetrics.ksComplement(new double[] { 1, 2, 2, 3, NAN }, new double[] { 2, 3, 4, 4 })).isCloseTo(.5,
                EXACT);
        assertThat(ColumnMetrics.ksComplement(new double[] { 1, 2 }, new double[] { 3, 4, 5 })).isCloseTo(0, EXACT);
        assertThat(ColumnMetrics.ksComplement(new double[] { 5, 5, 5 }, new double[] { 5, NAN })).isCloseTo(1, EXACT);
        assertThat(ColumnMetrics.ksComplement(new double[] { NAN }, new double[] { 1 })).isNaN();
    }

    @Test
    void totalVariationIsThatOfTheValuesThatAreThere() {
        // shares 1/2, 1/4, 1/4, 0 against 1/4, 1/4, 0, 1/2
        assertThat(ColumnMetrics.tvComplement(new int[] { 0, 0, 1, 2, -1, -1 }, new int[] { 0, 1, 3, 3 }, 4)).isCloseTo(.5,
                EXACT);
        assertThat(ColumnMetrics.tvComplement(new int[] { -1 }, new int[] { 0 }, 1)).isNaN();
    }

    @Test
    void adherenceAndCoverageLookAtOppositeSides() {
        double[] real = { 0, 10, NAN };
        double[] made = { -1, 2, 6, NAN };
        assertThat(ColumnMetrics.boundaryAdherence(real, made)).isCloseTo(2 / 3d, EXACT);
        // the range is fully covered below, and 4 of 10 are missing above
        assertThat(ColumnMetrics.rangeCoverage(real, made)).isCloseTo(.6, EXACT);
        assertThat(ColumnMetrics.rangeCoverage(new double[] { 3, 3 }, made)).isNaN();
        assertThat(ColumnMetrics.categoryAdherence(new int[] { 0, 1, -1 }, new int[] { 0, 2, -1, 2 }, 3)).isCloseTo(.5, EXACT);
        assertThat(ColumnMetrics.categoryAdherence(new int[] { 0, 1 }, new int[] { 0, -1 }, 2)).isCloseTo(.5, EXACT);
        assertThat(ColumnMetrics.categoryCoverage(new int[] { 0, 1, 2, -1 }, new int[] { 0, 2, 3 }, 4)).isCloseTo(2 / 3d,
                EXACT);
        assertThat(ColumnMetrics.missingValueSimilarity(.25, .5)).isCloseTo(.75, EXACT);
        assertThat(ColumnMetrics.missingShare(made)).isCloseTo(.25, EXACT);
        assertThat(ColumnMetrics.missingShare(new int[] { -1, 3 })).isCloseTo(.5, EXACT);
    }

    @Test
    void correlationTakesTheRowsWhereBothAreThere() {
        // of (1,2) (2,1) (3,6) (4,7): covariance 10 divided by the root of 5 · 26
        double r = PairMetrics.correlation(new double[] { 1, 2, 3, 4, NAN, 9 }, new double[] { 2, 1, 6, 7, 5, NAN });
        assertThat(r).isCloseTo(10 / Math.sqrt(130), EXACT);
        assertThat(PairMetrics.correlation(new double[] { 1, 1 }, new double[] { 2, 3 })).isNaN();
        assertThat(PairMetrics.correlationSimilarity(.5, -.1)).isCloseTo(.7, EXACT);
    }

    @Test
    void contingencyCountsMissingAsACategory() {
        int[] realA = { 0, 0, 1, 1 };
        int[] realB = { 0, 1, 0, -1 };
        int[] madeA = { 0, 0, 1, -1 };
        int[] madeB = { 0, 0, 0, -1 };
        // (0,0) 1/4 against 1/2, (0,1) 1/4 against 0, (1,0) the same, (1,missing) 1/4 against 0, (missing,missing) 0 against 1/4
        assertThat(PairMetrics.contingencySimilarity(realA, realB, madeA, madeB)).isCloseTo(.5, EXACT);
    }

    @Test
    void combinationsAreCountedAlikeWhetherTheirCodesAreCloseOrNot() {
        Random random = new Random(5);
        int[][] codes = new int[4][];
        Arrays.setAll(codes, k -> random.ints(500, -1, 12).toArray());
        int[][] far = Arrays.stream(codes).map(some -> IntStream.of(some).map(code -> code * 100_000).toArray())
                .toArray(int[][]::new);

        double close = PairMetrics.contingencySimilarity(codes[0], codes[1], codes[2], codes[3]);

        assertThat(close).isBetween(.3, .9);
        assertThat(PairMetrics.contingencySimilarity(far[0], far[1], far[2], far[3])).isCloseTo(close, EXACT);
    }

    @Test
    void classesHaveTheEdgesOfTheRealColumn() {
        double[] real = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
        assertThat(PairMetrics.classes(real, new double[] { -5, 0, 9.99, 10, 55, 99.9, 100, 250, NAN }))
                .containsExactly(0, 1, 1, 2, 6, 10, 11, 11, 11);
        assertThat(PairMetrics.classes(new double[] { 7 }, new double[] { 7, 6, 8 })).containsExactly(6, 0, 11);
        assertThat(PairMetrics.classes(new double[] { NAN }, new double[] { 7 })).containsExactly(0);
    }

    @Test
    void distancesAreMeansOverTheColumns() {
        List<ComparedColumn> columns = List.of(
                new ComparedColumn.Continuous("n", new double[] { 0, 10, NAN }, new double[] { 4, NAN, 30 }),
                new ComparedColumn.Discrete("c", List.of("x", "y"), new int[] { 0, 1, -1 }, new int[] { 0, -1, 1 }));
        double[] ranges = PrivacyMetrics.ranges(columns);
        assertThat(ranges).containsExactly(10, 0);
        // (4, x) is 0.4 from 0 and matches x; (missing, missing) equals the third row; (30, y) is 1, not 2, from 10
        assertThat(PrivacyMetrics.distances(columns, 3, ranges)).containsExactly(new double[] { .2, 0, .5 }, within(1e-12));
        assertThat(PrivacyMetrics.median(new double[] { 3, 1, 2, 10 })).isCloseTo(2.5, EXACT);
        assertThat(PrivacyMetrics.baselineProtection(new double[] { .1 }, new double[] { .4 })).isCloseTo(.25, EXACT);
        // three of four rows are closer to the training rows
        assertThat(PrivacyMetrics.overfittingProtection(new double[] { 0, 0, 0, 1 }, new double[] { 1, 1, 1, 1 }))
                .isCloseTo(.5, EXACT);
    }

    @Test
    void aRowIsNewUnlessAllItsValuesMatchOneRealRow() {
        List<ComparedColumn> columns = List.of(
                new ComparedColumn.Continuous("n", new double[] { 100, 200, NAN }, new double[] { 100.9, 100.9, NAN, 103 }),
                new ComparedColumn.Discrete("c", List.of("x", "y"), new int[] { 0, 1, 0 }, new int[] { 0, 1, 0, 0 }));
        assertThat(PrivacyMetrics.newRows(columns, 10)).isCloseTo(.5, EXACT);
    }
}
