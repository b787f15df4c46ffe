package io.freshet.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.model.GanOptions;
import io.freshet.model.SampleTables;
import io.freshet.model.tree.CodesFitter;
import io.freshet.model.tree.TreeOptions;
import io.freshet.stats.Draws;
import io.freshet.stats.Normal;
import io.freshet.table.TableSample;

class EncodingTest {

    private static final TableSample TABLE = SampleTables.mixed(2_000);
    private static final List<ColumnModes> COLUMNS = columns();
    private static final NetworkLayout LAYOUT = NetworkLayout.of(COLUMNS);

    private static List<ColumnModes> columns() {
        CodesFitter codes = new CodesFitter(TABLE, TreeOptions.defaults());
        return IntStream.range(0, TABLE.schema().size())
                .mapToObj(c -> ColumnModes.of(codes.fit(c), TABLE.rows().vector(c), TABLE.rows().size())).toList();
    }

    /** The numbers are quantiles of −10 ± 1 (.30), 0 ± .5 (.50) and 20 ± 3 (.20). */
    @Test
    void theMixtureFindsThePartsOfItsNumbers() {
        double[] numbers = new double[3_000];
        for (int i = 0; i < numbers.length; i++) {
            double z = Normal.inverse((i / 10 + .5) / (numbers.length / 10.0));
            numbers[i] = i % 10 < 3 ? z - 10 : i % 10 < 8 ? .5 * z : 20 + 3 * z;
        }
        Arrays.sort(numbers);
        double[] mass = new double[3];
        double[] mean = new double[3];
        for (GaussianModes.Mode mode : GaussianModes.of(numbers)) {
            int part = mode.mean() < -5 ? 0 : mode.mean() < 8 ? 1 : 2;
            mass[part] += mode.weight();
            mean[part] += mode.weight() * mode.mean();
        }
        assertThat(mass).containsExactly(new double[] { .3, .5, .2 }, within(.01));
        assertThat(mean[0] / mass[0]).isCloseTo(-10, within(.1));
        assertThat(mean[1] / mass[1]).isCloseTo(0, within(.1));
        assertThat(mean[2] / mass[2]).isCloseTo(20, within(.3));
    }

    /**
     * Many rows share a few round numbers. Reference: a mean log-likelihood of .2016, in units of the deviation, of
     * scikit-learn's {@code BayesianGaussianMixture} of the same numbers, priors and components (1.9, the mean of five seeds).
     */
    @Test
    void theMixtureDescribesHeapedIntegersAsWellAsScikitLearnDoes() {
        double[] hours = heapedHours();
        double squares = 0;
        double likelihood = 0;
        double mean = Arrays.stream(hours).average().orElseThrow();
        List<GaussianModes.Mode> modes = GaussianModes.of(hours);
        double whole = modes.stream().mapToDouble(GaussianModes.Mode::weight).sum();
        for (double hour : hours) {
            double density = 0;
            for (GaussianModes.Mode mode : modes) {
                double z = (hour - mode.mean()) / mode.deviation();
                density += mode.weight() / whole / mode.deviation() * Math.exp(-.5 * z * z) / Math.sqrt(2 * Math.PI);
            }
            squares += (hour - mean) * (hour - mean) / hours.length;
            likelihood += Math.log(density) / hours.length;
        }
        assertThat(likelihood + .5 * Math.log(squares)).isGreaterThan(.2016);
    }

    /** Returns 4,000 hours a week: 40 for half of the rows, multiples of ten and five for many, quantiles for the rest. */
    private static double[] heapedHours() {
        double[] hours = new double[4_000];
        for (int i = 0; i < hours.length; i++) {
            int spread = (int) Math.round(40 + 12 * Normal.inverse((i / 20 + .5) / 200));
            int kind = i % 20;
            hours[i] = kind < 9 ? 40
                    : kind < 13 ? 10 * Math.round(spread / 10.0)
                            : kind < 16 ? 5 * Math.round(spread / 5.0)
                                    : spread;
        }
        Arrays.sort(hours);
        return hours;
    }

    /** Reference: digamma(1) = −γ, digamma(1/2) = −γ − 2 log 2 (NIST DLMF 5.4). */
    @Test
    void digammaHasItsKnownValues() {
        double gamma = 0.57721566490153286;
        assertThat(GaussianModes.digamma(1)).isCloseTo(-gamma, within(1e-10));
        assertThat(GaussianModes.digamma(.5)).isCloseTo(-gamma - 2 * StrictMath.log(2), within(1e-10));
    }

    @Test
    void trainingAsksForNamesByTheLogarithmOfTheirFrequency() {
        ConditionSampler training = ConditionSampler.byLogFrequency(LAYOUT, COLUMNS);
        ConditionSampler generating = ConditionSampler.byFrequency(LAYOUT, COLUMNS);
        List<Long> counts = COLUMNS.get(LAYOUT.conditional().get(0).column()).counts();
        double logs = counts.stream().mapToDouble(count -> StrictMath.log(count + 1.0)).sum();
        double all = counts.stream().mapToLong(Long::longValue).sum();
        Draws draws = Draws.of(1, 2, 3, 4);
        int trials = 40_000;
        double[] trained = new double[counts.size()];
        double[] generated = new double[counts.size()];
        double[] asked = new double[LAYOUT.conditional().size()];
        for (int i = 0; i < trials; i++) {
            trained[training.mode(0, draws)] += 1.0 / trials;
            generated[generating.mode(0, draws)] += 1.0 / trials;
            asked[training.column(draws)] += 1.0 / trials;
        }
        for (int mode = 0; mode < trained.length; mode++) {
            assertThat(trained[mode]).isCloseTo(StrictMath.log(counts.get(mode) + 1.0) / logs, within(.012));
            assertThat(generated[mode]).isCloseTo(counts.get(mode) / all, within(.012));
        }
        for (double share : asked) {
            assertThat(share).isCloseTo(1.0 / asked.length, within(.012));
        }
    }

    @Test
    void realRowsHaveTheNamesThatTheirConditionsAskFor() {
        GanOptions options = GanParameters.parse(java.util.Map.of("batch_size", "100"));
        EncodedRows rows = EncodedRows.of(COLUMNS, LAYOUT, TABLE.rows(), 1);
        TrainingBatch batch = new TrainingBatch(LAYOUT, ConditionSampler.byLogFrequency(LAYOUT, COLUMNS), options, 100);
        int width = LAYOUT.width() + LAYOUT.conditionWidth();
        float[][] packs = Matrices.create(10, 10 * width);
        batch.draw(5);
        batch.fillReal(5, rows, packs, 10);
        for (int i = 0; i < 100; i++) {
            int at = i % 10 * width;
            for (NetworkLayout.Span span : LAYOUT.conditional()) {
                for (int mode = 0; mode < span.modes(); mode++) {
                    if (packs[i / 10][at + LAYOUT.width() + span.condition() + mode] == 1) {
                        assertThat(packs[i / 10][at + span.first() + mode]).isEqualTo(1);
                    }
                }
            }
        }
    }
}
