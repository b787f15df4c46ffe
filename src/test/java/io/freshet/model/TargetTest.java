package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.report.ModelSummary;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

/** A target: what the other columns show about each of its values, however rare, is kept. */
class TargetTest {

    private static final int ROWS = 2_000;
    private static final int FRAUDS = 66;
    private static final double[] AMOUNTS = new double[FRAUDS];
    private static final double[] AGES = new double[FRAUDS];
    private static final int[] ONLINE = new int[1];
    private static final TableSample PAYMENTS = payments();
    private static final Conditions FRAUD = new Conditions(List.of(new ColumnCondition("fraud", Operator.EQ, List.of(true))));

    /** Payments, 66 of which are frauds: somewhat higher, from somewhat older accounts, and more often online. */
    private static TableSample payments() {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("shop,amount,account_days,fraud\n");
        for (int i = 0, frauds = 0; i < ROWS; i++) {
            boolean fraud = i % 30 == 7 && frauds < FRAUDS;
            double amount = Math.round(100 * Math.exp(3 + (fraud ? .7 : 0) + .8 * random.nextGaussian())) / 100.0;
            long age = Math.round(400 + (fraud ? 90 : 0) + 120 * random.nextGaussian());
            boolean online = random.nextDouble() < (fraud ? .6 : .3);
            if (fraud) {
                AMOUNTS[frauds] = amount;
                AGES[frauds++] = age;
                ONLINE[0] += online ? 1 : 0;
            }
            csv.append(
                    String.format(Locale.ROOT, "%s,%.2f,%d,%s%n", online ? "online" : random.nextInt(4) > 0 ? "city" : "mall",
                            amount, age, fraud ? "yes" : "no"));
        }
        return SampleTables.csv(csv.toString());
    }

    private static SynthesisModel fit(SynthesisMethod method, String target) {
        return ModelFitter.fit(PAYMENTS, method, FitOptions.defaults().withTarget(Optional.ofNullable(target)));
    }

    private static DrawnRows frauds(SynthesisModel model) {
        return DrawnRows.of(model, 3, FRAUD, 0, 20_000);
    }

    private static double[] drawn(DrawnRows rows, String column, double unit) {
        return IntStream.range(0, rows.size()).mapToDouble(row -> rows.number(column, row) / unit).toArray();
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Returns the standard error of a mean of the rows of the table. */
    private static double error(double[] values) {
        double mean = mean(values);
        return Math.sqrt(DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum()) / values.length;
    }

    private static double onlineShare(DrawnRows rows) {
        return IntStream.range(0, rows.size()).filter(row -> rows.text("shop", row).equals("online")).count()
                / (double) rows.size();
    }

    /** The bounds are half of what chance moves 66 rows by. */
    private static void assertLikeTheFraudsOfTheTable(SynthesisModel model) {
        DrawnRows rows = frauds(model);
        double[] amounts = drawn(rows, "amount", 100);
        double[] ages = drawn(rows, "account_days", 1);
        double share = ONLINE[0] / (double) FRAUDS;

        assertThat(model.probability(FRAUD)).isCloseTo(FRAUDS / (double) ROWS, within(.001));
        assertThat(mean(amounts)).isCloseTo(mean(AMOUNTS), within(.5 * error(AMOUNTS)));
        assertThat(median(amounts)).isCloseTo(median(AMOUNTS), within(.5 * error(AMOUNTS)));
        assertThat(mean(ages)).isCloseTo(mean(AGES), within(.5 * error(AGES)));
        assertThat(median(ages)).isCloseTo(median(AGES), within(.5 * error(AGES)));
        assertThat(onlineShare(rows)).isCloseTo(share, within(.5 * Math.sqrt(share * (1 - share) / FRAUDS)));
    }

    @ParameterizedTest
    @EnumSource(names = { "AUTO", "TREES", "GAUSSIAN_COPULA" })
    void rowsOfARareValueHaveTheMeansAndMediansOfTheTable(SynthesisMethod method) {
        assertLikeTheFraudsOfTheTable(fit(method, "fraud"));
    }

    @Test
    void withoutATargetTheTreesDescribeARareValueLessExactly() {
        double[] ages = drawn(frauds(fit(SynthesisMethod.TREES, null)), "account_days", 1);

        assertThat(mean(ages)).isLessThan(mean(AGES) - .5 * error(AGES));
    }

    @Test
    void theModelFileKeepsTheTarget() throws IOException {
        SynthesisModel model = fit(SynthesisMethod.TREES, "fraud");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));

        assertThat(DrawnRows.of(read, 5, FRAUD, 0, 1_000).digest()).isEqualTo(DrawnRows.of(model, 5, FRAUD, 0, 1_000).digest());
    }

    @Test
    void anUpdateKeepsTheTarget() {
        SynthesisModel model = fit(SynthesisMethod.TREES, "fraud");
        for (int update = 0; update < 3; update++) {
            model = OnlineLearning.partialFit(model, PAYMENTS, .3).model();
        }
        double[] amounts = drawn(frauds(model), "amount", 100);

        assertThat(median(amounts)).isCloseTo(median(AMOUNTS), within(error(AMOUNTS)));
    }

    @Test
    void otherColumnsFollowFromATargetRatherThanItFromThem() {
        SynthesisModel model = fitted(sums(), "total");

        assertThat(ModelSummary.of(model).relations()).hasSize(2).allSatisfy(
                relation -> assertThat(relation.relation()).contains("total").doesNotStartWith("total ="));
    }

    @Test
    void aTargetThatFollowsFromAnotherColumnKeepsItsDependenceThroughIt() {
        ConstrainedModel model = (ConstrainedModel) fitted(temperatures(), "fahrenheit");

        assertThat(ModelSummary.of(model).relations()).hasSize(1);
        assertThat(((TreeModel) model.inner()).target()).isEqualTo(model.schema().indexOf("celsius"));
    }

    private static SynthesisModel fitted(TableSample table, String target) {
        return ModelFitter.fit(table, SynthesisMethod.TREES, FitOptions.defaults().withTarget(Optional.of(target)));
    }

    private static TableSample sums() {
        StringBuilder csv = new StringBuilder("net,tip,total\n");
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            int net = random.nextInt(4_000);
            int tip = random.nextInt(900);
            csv.append(net).append(',').append(tip).append(',').append(net + tip).append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    private static TableSample temperatures() {
        StringBuilder csv = new StringBuilder("celsius,fahrenheit,other\n");
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            int celsius = random.nextInt(40);
            csv.append(celsius).append(',').append(String.format(Locale.ROOT, "%.1f", 32 + 1.8 * celsius)).append(',')
                    .append(random.nextInt(1_000)).append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = { "frod", "id" })
    void aColumnThatCannotBePredictedIsNoTarget(String target) {
        StringBuilder csv = new StringBuilder("id,fraud,amount\n");
        for (int i = 0; i < 100; i++) {
            csv.append("AB-").append(7_000 + 13 * i).append(i % 3 == 0 ? ",yes," : ",no,").append(i % 7).append('\n');
        }

        assertThatThrownBy(() -> fitted(SampleTables.csv(csv.toString()), target)).isInstanceOf(TableException.class)
                .hasMessage("target must be one of the columns fraud, amount, not " + target);
    }

    @Test
    void independentColumnsHaveNoTarget() {
        assertThatThrownBy(() -> fit(SynthesisMethod.INDEPENDENT, "fraud")).isInstanceOf(TableException.class)
                .hasMessageContaining("target needs a method that keeps dependence");
    }
}
