package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.model.fit.ModelFitter;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;

/** Unusual tables must result in a model and its rows in reasonable time. */
@Timeout(60)
class HostileTablesTest {

    private static DrawnRows draw(TableSample sample, int rows) {
        return DrawnRows.of(ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA), 1, Conditions.none(), 0, rows);
    }

    @Test
    void oneRowIsRepeated() {
        DrawnRows rows = draw(SampleTables.csv("a,b,c\n1,x,2020-01-01\n"), 100);
        for (int i = 0; i < 100; i++) {
            assertThat(rows.line(i)).isEqualTo("1|x|2020-01-01|");
        }
    }

    @Test
    void twoRowsContributeHalfOfTheValuesEach() {
        DrawnRows rows = draw(SampleTables.csv("a,b\n1,x\n2,y\n"), 2_000);
        long ones = IntStream.range(0, 2_000).filter(i -> rows.number("a", i) == 1).count();
        assertThat(ones).isBetween(900L, 1_100L);
        long together = IntStream.range(0, 2_000)
                .filter(i -> (rows.number("a", i) == 1) == rows.text("b", i).equals("x")).count();
        assertThat(together).isGreaterThan(1_900);
    }

    @Test
    void oneColumnIsEnough() {
        DrawnRows rows = draw(SampleTables.csv("n\n" + lines(5_000, i -> i * i)), 1_000);
        assertThat(IntStream.range(0, 1_000).mapToDouble(i -> rows.number("n", i)).max().orElse(0)).isLessThan(5_000 * 5_000);
    }

    private static String lines(int rows, IntUnaryOperator value) {
        return IntStream.range(0, rows).map(value).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void aColumnThatIsAllMissingStaysSo() {
        DrawnRows rows = draw(SampleTables.csv("a,b\n1,\n2,\n3,\n"), 50);
        for (int i = 0; i < 50; i++) {
            assertThat(rows.isMissing("b", i)).isTrue();
            assertThat(rows.isMissing("a", i)).isFalse();
        }
    }

    @Test
    void aColumnOfTypeMissingNeedsNoDictionary() {
        int rows = 5;
        NumberVector numbers = NumberVector.wrap(new long[] { 1, 2, 3, 4, 5 });
        CodedVector nothing = CodedVector.create(rows, TextDictionary.of(List.of()));
        TableSample sample = SampleTables.sample(
                new Schema(List.of(SampleTables.column("n", new ColumnType.Whole()),
                        new io.freshet.table.Column("m", new ColumnType.Missing(), true))),
                List.of(numbers, nothing), new long[] { 0, rows }, List.of(List.of(), List.of()));
        assertThat(draw(sample, 10).isMissing("m", 3)).isTrue();
    }

    @Test
    void reproducesAllCombinationsOfMissingValues() {
        StringBuilder csv = new StringBuilder("a,b,c\n");
        for (int i = 0; i < 800; i++) {
            csv.append((i & 1) == 0 ? "" : i % 7).append(',').append((i & 2) == 0 ? "" : "x" + i % 3).append(',')
                    .append((i & 4) == 0 ? "" : i * .25).append('\n');
        }
        DrawnRows rows = draw(SampleTables.csv(csv.toString()), 2_000);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            seen.add("" + rows.isMissing("a", i) + rows.isMissing("b", i) + rows.isMissing("c", i));
        }
        assertThat(seen).hasSize(8);
    }

    @Test
    void missingValuesThatGoTogetherStayTogether() {
        StringBuilder csv = new StringBuilder("a,b,c\n");
        for (int i = 0; i < 1_000; i++) {
            csv.append(i % 3 == 0 ? "," : i % 50 + "," + i % 11).append(',').append(i).append('\n');
        }
        DrawnRows rows = draw(SampleTables.csv(csv.toString()), 4_000);
        long same = IntStream.range(0, rows.size()).filter(i -> rows.isMissing("a", i) == rows.isMissing("b", i)).count();
        assertThat(same / 4_000.0).isGreaterThan(.97);
    }

    @Test
    void oneCategoryPerRowKeepsItsValues() {
        DrawnRows rows = draw(SampleTables.csv("name,n\n" + IntStream.range(0, 3_000).mapToObj(i -> name(i) + "," + i % 10)
                .collect(Collectors.joining("\n"))), 3_000);
        assertThat(IntStream.range(0, 3_000).mapToObj(i -> rows.text("name", i)).distinct().count()).isGreaterThan(1_500);
    }

    private static String name(int i) {
        return "" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26) + (char) ('a' + i / 676);
    }

    @Test
    void collinearColumnsStayCollinear() {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("a,b,c,d\n");
        for (int i = 0; i < 6_000; i++) {
            int x = random.nextInt(1_000_000);
            csv.append(x).append(',').append(2 * x).append(',').append(-x).append(',').append(x / 100_000).append('\n');
        }
        DrawnRows rows = draw(SampleTables.csv(csv.toString()), 5_000);
        double[] a = IntStream.range(0, 5_000).mapToDouble(i -> rows.number("a", i)).toArray();
        double[] b = IntStream.range(0, 5_000).mapToDouble(i -> rows.number("b", i)).toArray();
        double[] c = IntStream.range(0, 5_000).mapToDouble(i -> rows.number("c", i)).toArray();
        assertThat(correlation(a, b)).isCloseTo(1, within(.005));
        assertThat(correlation(a, c)).isCloseTo(-1, within(.005));
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = java.util.Arrays.stream(x).average().orElse(0);
        double meanY = java.util.Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void rejectsContradictoryConditionsOnCollinearColumnsAndDrawsOthers() {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int i = 0; i < 2_000; i++) {
            csv.append(i).append(',').append(i).append('\n');
        }
        SynthesisModel model = ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.GAUSSIAN_COPULA);
        Conditions conditions = ConditionParser.parse(Map.of("a", Map.of("lt", 20), "b", Map.of("gt", 1_980)));
        assertThatThrownBy(() -> model.probability(conditions)).isInstanceOf(ConditionException.class)
                .hasMessageContaining("hardly any row");
        Conditions near = ConditionParser.parse(Map.of("a", Map.of("lt", 1_000), "b", Map.of("gt", 990)));
        DrawnRows rows = DrawnRows.of(model, 1, near, 0, 200);
        for (int i = 0; i < 200; i++) {
            assertThat(rows.number("a", i)).isLessThan(1_000);
            assertThat(rows.number("b", i)).isGreaterThan(990);
        }
    }

    @Test
    void threeHundredColumnsKeepTheirDependence() {
        DrawnRows rows = draw(wide(300, 2_000), 3_000);
        double[] a = IntStream.range(0, 3_000).mapToDouble(i -> rows.number("c0", i)).toArray();
        double[] b = IntStream.range(0, 3_000).mapToDouble(i -> rows.number("c299", i)).toArray();
        assertThat(correlation(a, b)).isCloseTo(.5, within(.08));
    }

    @Test
    void fiveThousandColumnsAreFittedInSeconds() {
        DrawnRows rows = draw(wide(5_000, 200), 100);
        assertThat(rows.number("c4999", 99)).isBetween(-5e6, 5e6);
    }

    /** A table of columns that share half of their variance. */
    private static TableSample wide(int columns, int rows) {
        SplittableRandom random = new SplittableRandom(columns);
        double[] common = new double[rows];
        for (int i = 0; i < rows; i++) {
            common[i] = SampleTables.normal(random);
        }
        List<ColumnVector> vectors = IntStream.range(0, columns).<ColumnVector> mapToObj(c -> {
            NumberVector vector = NumberVector.create(rows);
            for (int i = 0; i < rows; i++) {
                vector.values()[i] = Math
                        .round(1e6 * (Math.sqrt(.5) * common[i] + Math.sqrt(.5) * SampleTables.normal(random)));
            }
            return vector;
        }).toList();
        Schema schema = new Schema(
                IntStream.range(0, columns).mapToObj(c -> SampleTables.column("c" + c, new ColumnType.Whole())).toList());
        return SampleTables.sample(schema, vectors, new long[columns], IntStream.range(0, columns)
                .mapToObj(c -> List.<Long> of()).toList());
    }

    @Test
    void hugeValuesStayInTheirRange() {
        int rows = 10_000;
        SplittableRandom random = new SplittableRandom(3);
        NumberVector numbers = NumberVector.create(rows);
        FloatingVector floats = FloatingVector.create(rows);
        for (int i = 0; i < rows; i++) {
            numbers.values()[i] = random.nextLong() >> 1;
            floats.values()[i] = (random.nextDouble() - .5) * 1e308 * 3.5;
        }
        floats.values()[0] = Double.MAX_VALUE;
        floats.values()[1] = -Double.MAX_VALUE;
        floats.values()[2] = Double.MIN_VALUE;
        TableSample sample = SampleTables.sample(
                new Schema(List.of(SampleTables.column("n", new ColumnType.Whole()),
                        SampleTables.column("x", new ColumnType.Floating()))),
                List.of(numbers, floats), new long[2], List.of(List.of(), List.of()));
        DrawnRows drawn = draw(sample, 20_000);
        double min = java.util.Arrays.stream(numbers.values()).min().orElse(0);
        double max = java.util.Arrays.stream(numbers.values()).max().orElse(0);
        for (int i = 0; i < drawn.size(); i++) {
            assertThat(drawn.number("n", i)).isBetween(min, max);
            assertThat(drawn.number("x", i)).isFinite();
        }
        double negative = IntStream.range(0, 20_000).filter(i -> drawn.number("n", i) < 0).count() / 20_000.0;
        assertThat(negative).isCloseTo(.5, within(.02));
        double below = IntStream.range(0, 20_000).filter(i -> drawn.number("x", i) < 0).count() / 20_000.0;
        assertThat(below).isCloseTo(.5, within(.02));
    }

    @Test
    void reproducesDatesBeforeTheEpochAndFarInTheFuture() {
        DrawnRows rows = draw(SampleTables.csv("d\n1850-02-03\n2150-12-31\n0001-01-01\n"), 300);
        Set<Double> seen = IntStream.range(0, 300).mapToObj(i -> rows.number("d", i)).collect(Collectors.toSet());
        // between the first and the last, to two digits
        assertThat(seen).allMatch(day -> day >= -719_162 && day <= 66_109).anyMatch(day -> day < -700_000)
                .anyMatch(day -> day >= 60_000);
    }

    /** A table with strata by {@code way}, in one of which the numbers carry no information. */
    private static TableSample emptyInOneStratum(String numbers) {
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder csv = new StringBuilder("way,a,b,c,d\n");
        for (int i = 0; i < 12_000; i++) {
            int a = random.nextInt(10);
            boolean up = random.nextBoolean();
            String c = up ? numbers : "" + (1e-9 + random.nextDouble());
            String d = up ? numbers : "" + random.nextInt(1_000_000);
            csv.append(up ? "up," : "down,").append(a).append(',').append(up ? a : 9 - a).append(',').append(c).append(',')
                    .append(d).append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    @Test
    void numbersThatAreConstantInAStratumStayConstantThere() {
        DrawnRows rows = draw(emptyInOneStratum("7"), 2_000);

        long wrong = IntStream.range(0, 2_000)
                .filter(i -> rows.text("way", i).equals("up") && (rows.number("c", i) != 7 || rows.number("d", i) != 7))
                .count();
        assertThat(wrong).isZero();
    }

    @Test
    void numbersThatAreMissingInAStratumStayMissingThere() {
        DrawnRows rows = draw(emptyInOneStratum(""), 2_000);

        long wrong = IntStream.range(0, 2_000).filter(i -> rows.text("way", i).equals("up") != rows.isMissing("c", i)).count();
        assertThat(wrong).isZero();
    }
}
