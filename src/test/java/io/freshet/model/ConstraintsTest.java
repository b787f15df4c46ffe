package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Orders that are shipped after they were placed, and whose parts add up to the total. */
class ConstraintsTest {

    private static final int ROWS = 5_000;
    private static final List<Constraint> CONSTRAINTS = Stream
            .of("ordered <= shipped", "goods + freight = total", "goods > 0", "unique number").map(Constraint::parse).toList();
    private static TableSample sample;
    private static SynthesisModel model;

    @BeforeAll
    static void fit() throws IOException {
        sample = table(1);
        model = ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA, new FitOptions(true, CONSTRAINTS));
    }

    private static TableSample table(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("number,ordered,shipped,goods,freight,total,kind\n");
        for (int row = 0; row < ROWS; row++) {
            LocalDate ordered = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1500));
            int days = (int) (-3 * Math.log(random.nextDouble()));
            double goods = Math.exp(3 + random.nextGaussian());
            double freight = random.nextInt(4) == 0 ? 0 : goods * .1 + 5 * random.nextDouble();
            boolean open = random.nextInt(20) == 0;
            csv.append(10_000 + row).append(',').append(ordered).append(',').append(open ? "" : ordered.plusDays(days))
                    .append(String.format(Locale.ROOT, ",%.2f,%.1f,%.2f,%s%n", goods + .01, Math.floor(freight * 10) / 10,
                            Math.round(goods * 100 + 1) / 100.0 + Math.floor(freight * 10) / 10, days > 5 ? "slow" : "fast"));
        }
        return read(csv.toString());
    }

    private static TableSample read(String csv) throws IOException {
        return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults().withOverrides(Map.of("number", "integer", "ordered", "datetime")));
    }

    private static void assertKept(DrawnRows rows) {
        Set<Double> numbers = new HashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.isMissing("shipped", row)) {
                assertThat(rows.number("shipped", row)).isGreaterThanOrEqualTo(rows.number("ordered", row));
            }
            assertThat(rows.number("total", row)).isEqualTo(rows.number("goods", row) + 10 * rows.number("freight", row));
            assertThat(rows.number("goods", row)).isPositive();
            assertThat(numbers.add(rows.number("number", row))).isTrue();
        }
    }

    @Test
    void everyRowKeepsTheConstraintsAndTheRestMatchesTheTable() {
        DrawnRows rows = DrawnRows.of(model, 1, Conditions.none(), 0, 20_000);
        assertKept(rows);
        DrawnRows real = DrawnRows.of(sample.rows());
        assertThat(mean(rows, "shipped", "ordered")).isCloseTo(mean(real, "shipped", "ordered"), within(.15));
        assertThat(mean(rows, "total", null) / mean(real, "total", null)).isCloseTo(1, within(.03));
        double missing = IntStream.range(0, rows.size()).filter(row -> rows.isMissing("shipped", row)).count()
                / (double) rows.size();
        assertThat(missing).isCloseTo(.05, within(.01));
        assertThat(IntStream.range(0, rows.size()).mapToDouble(row -> rows.number("number", row)).max().orElse(0))
                .isEqualTo(29_999);
    }

    private static double mean(DrawnRows rows, String column, @org.jspecify.annotations.Nullable String less) {
        return IntStream.range(0, rows.size()).filter(row -> !rows.isMissing(column, row))
                .mapToDouble(row -> rows.number(column, row) - (less == null ? 0 : rows.number(less, row))).average().orElse(0);
    }

    @Test
    void conditionsAlsoHoldOnDerivedColumns() {
        Map<String, Object> asked = Map.of("total", Map.of("between", List.of(30, 40)), "kind", "slow", "shipped",
                Map.of("lt", "2022-01-01"));
        Conditions conditions = ConditionParser.parse(asked);
        DrawnRows rows = DrawnRows.of(model, 2, conditions, 0, 1_000);
        assertKept(rows);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(rows.number("total", row)).isBetween(3000.0, 4000.0);
            assertThat(rows.text("kind", row)).isEqualTo("slow");
        }
        DrawnRows one = DrawnRows.of(model, 2, conditions, 567, 1);
        assertThat(one.number("total", 0)).isEqualTo(rows.number("total", 567));
        DrawnRows free = DrawnRows.of(model, 3, Conditions.none(), 0, 60_000);
        double share = IntStream.range(0, 60_000).filter(row -> free.number("total", row) >= 3000
                && free.number("total", row) <= 4000 && free.text("kind", row).equals("slow")
                && free.number("shipped", row) < LocalDate.of(2022, 1, 1).toEpochDay()).count() / 60_000.0;
        assertThat(model.probability(conditions)).isCloseTo(share, within(.2 * share + .002));
        assertThatThrownBy(() -> model.generator(1, ConditionParser.parse(Map.of("total", Map.of("gt", 10_000_000)))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("total is derived from other columns");
    }

    /** One row in 1,500: what is shipped on a day was ordered shortly before. */
    @Test
    void rareConditionsHoldOnDerivedColumns() {
        LocalDate day = LocalDate.of(2022, 6, 15);
        Conditions conditions = ConditionParser.parse(Map.of("shipped", day.toString()));
        DrawnRows rows = DrawnRows.of(model, 2, conditions, 0, 3_000);
        assertKept(rows);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(rows.number("shipped", row)).isEqualTo(day.toEpochDay());
        }
        assertThat(model.probability(conditions)).isCloseTo(.95 / 1500, within(.0002));
    }

    @Test
    void rowsOfAFewDaysMatchThoseOfRejectionSampling() {
        LocalDate day = LocalDate.of(2022, 6, 15);
        DrawnRows rows = DrawnRows.of(model, 2, ConditionParser.parse(Map.of("shipped",
                Map.of("between", List.of(day.toString(), day.plusDays(9).toString())))), 0, 20_000);
        DrawnRows free = DrawnRows.of(model, 3, Conditions.none(), 0, 600_000);
        int[] accepted = IntStream.range(0, free.size()).filter(row -> !free.isMissing("shipped", row)
                && free.number("shipped", row) >= day.toEpochDay() && free.number("shipped", row) < day.toEpochDay() + 10)
                .toArray();
        assertThat(accepted.length).isGreaterThan(3_000);
        for (String column : List.of("ordered", "shipped")) {
            double expected = Arrays.stream(accepted).mapToDouble(row -> free.number(column, row)).average().orElseThrow();
            assertThat(mean(rows, column, null)).isCloseTo(expected, within(.2));
        }
    }

    @Test
    void aBoundOfASumBoundsItsAddendsAndTheRowsMatchThoseOfRejectionSampling() {
        DrawnRows rows = DrawnRows.of(model, 2, ConditionParser.parse(Map.of("total", Map.of("lte", 8))), 0, 20_000);
        DrawnRows free = DrawnRows.of(model, 3, Conditions.none(), 0, 200_000);
        int[] accepted = IntStream.range(0, free.size()).filter(row -> free.number("total", row) <= 800).toArray();
        assertThat(accepted.length).isGreaterThan(5_000);
        for (String column : List.of("goods", "freight", "total")) {
            double expected = Arrays.stream(accepted).mapToDouble(row -> free.number(column, row)).average().orElseThrow();
            assertThat(mean(rows, column, null) / expected).isCloseTo(1, within(.05));
        }
        assertThat(IntStream.range(0, rows.size()).mapToDouble(row -> rows.number("total", row)).max().orElseThrow())
                .isLessThanOrEqualTo(800);
    }

    @Test
    void aMissingValueOfADerivedColumnCanBeRequested() {
        DrawnRows rows = DrawnRows.of(model, 2, ConditionParser.parse(Map.of("shipped", Map.of("is_null", true))), 0, 100);
        assertThat(IntStream.range(0, 100)).allMatch(row -> rows.isMissing("shipped", row));
    }

    @Test
    void everyBlockAndOffsetAndTheModelFileGiveTheSameRows() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(ConstraintsTest.class.getResourceAsStream("/META-INF/resources/schemas/model-1.json"))
                .validate(new ObjectMapper().readTree(file.toByteArray()))).isEmpty();
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
        DrawnRows all = DrawnRows.of(model, 7, Conditions.none(), 0, 700);
        for (int from : new int[] { 0, 63, 64, 699 }) {
            DrawnRows one = DrawnRows.of(read, 7, Conditions.none(), from, 1);
            for (String column : List.of("number", "ordered", "shipped", "goods", "freight", "total")) {
                assertThat(one.number(column, 0)).isEqualTo(all.number(column, from));
            }
        }
    }

    @Test
    void learnedRowsMustKeepTheConstraints() throws IOException {
        SynthesisModel learned = OnlineLearning.partialFit(model, table(2), .3).model();
        assertKept(DrawnRows.of(learned, 1, Conditions.none(), 0, 2_000));
        TableSample broken = read(
                "number,ordered,shipped,goods,freight,total,kind\n1,2020-01-05,2020-01-01,1.00,1.0,2.00,fast\n"
                        + "2,2020-01-05,2020-01-07,2.00,1.5,3.50,slow\n");
        assertThatThrownBy(() -> OnlineLearning.partialFit(model, broken, .3)).isInstanceOf(TableException.class)
                .hasMessageContaining("ordered <= shipped").hasMessageContaining("row 1");
    }

    @Test
    void rejectsConstraintsThatAreInvalidOrDoNotHoldWithTheReason() {
        for (Map.Entry<String, String> wrong : Map.of("goods <= freight", "does not hold", "goods ~ total",
                "is not a constraint",
                "kind <= goods", "requires numbers", "colour <= goods", "unknown column", "ordered <= goods", "compares dates",
                "goods + kind = total", "requires numbers", "unique goods", "are repeated", "freight > 0", "does not hold")
                .entrySet()) {
            assertThatThrownBy(() -> ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA,
                    new FitOptions(true, List.of(Constraint.parse(wrong.getKey()))))).as(wrong.getKey())
                    .isInstanceOf(ConstraintException.class).hasMessageContaining(wrong.getValue());
        }
        assertThatThrownBy(() -> ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA, new FitOptions(true,
                List.of(Constraint.parse("ordered <= shipped"), Constraint.parse("shipped <= ordered")))))
                .isInstanceOf(ConstraintException.class);
    }

    @Test
    void theGreaterColumnStaysWithinItsBounds() {
        Random random = new Random(8);
        StringBuilder csv = new StringBuilder("signup,last_order\n");
        for (int i = 0; i < 2_000; i++) {
            int signup = random.nextInt(700);
            int order = signup + random.nextInt(730 - signup);
            csv.append(java.time.LocalDate.ofEpochDay(19_000 + signup)).append(',')
                    .append(java.time.LocalDate.ofEpochDay(19_000 + order)).append('\n');
        }
        SynthesisModel model = ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.GAUSSIAN_COPULA,
                new FitOptions(true, List.of(Constraint.parse("signup <= last_order"))));
        DrawnRows rows = DrawnRows.of(model, 4, Conditions.none(), 0, 5_000);

        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.number("last_order", i)).isBetween(rows.number("signup", i), 19_729.0);
        }
        assertThat(ModelSummary.of(model).constraints()).containsExactly("signup <= last_order");
    }
}
