package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.marginal.NumberReader;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.Notice;
import io.freshet.table.TableSample;

/** Trips whose columns are bound to each other in every way that a model finds by itself. */
class RelationsTest {

    private static final int DRAWN = 5_000;
    private static final List<String> PORTS = List.of("Kiel", "Bergen", "Gdynia", "Riga", "Turku");
    private static final List<String> COUNTRIES = List.of("DE", "NO", "PL", "LV", "FI");
    private static final int[] ENDS = { 30, 80, 130, 180, 365 };

    private static TableSample trips(int rows, long seed, String country) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("port,country,seats,price,fare,fee,sum,left,back,month,open,paid_on,season\n");
        for (int row = 0; row < rows; row++) {
            int port = random.nextInt(5);
            int seats = 1 + random.nextInt(6);
            double price = (500 + random.nextInt(9_000)) / 100.;
            double fare = Math.round(seats * price * 100) / 100.;
            double fee = random.nextInt(3) * 2.5;
            LocalDate left = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(365));
            LocalDate back = left.plusDays(random.nextInt(20));
            boolean open = random.nextInt(4) == 0;
            int season = 0;
            while (left.getDayOfYear() > ENDS[season]) {
                season++;
            }
            csv.append(String.format(Locale.ROOT, "%s,%s,%d,%.2f,%.2f,%.2f,%.2f,%s,%s,%d,%s,%s,S%d%n", PORTS.get(port),
                    port == 0 ? country : COUNTRIES.get(port), seats, price, fare, fee, fare + fee, left, back,
                    left.getMonthValue(), open, open ? "" : back.plusDays(random.nextInt(9)), season));
        }
        return SampleTables.csv(csv.toString());
    }

    private static Map<String, IntPredicate> broken(DrawnRows rows) {
        Map<String, IntPredicate> broken = new HashMap<>();
        broken.put("country", i -> PORTS.indexOf(rows.text("port", i)) != COUNTRIES.indexOf(rows.text("country", i)));
        broken.put("fare", i -> Math.abs(rows.number("seats", i) * rows.number("price", i) - rows.number("fare", i)) > 1);
        broken.put("sum", i -> rows.number("fare", i) + rows.number("fee", i) != rows.number("sum", i));
        broken.put("back", i -> rows.number("back", i) < rows.number("left", i));
        broken.put("month",
                i -> LocalDate.ofEpochDay((long) rows.number("left", i)).getMonthValue() != rows.number("month", i));
        broken.put("open", i -> rows.isMissing("paid_on", i) != rows.text("open", i).equals("true"));
        broken.put("paid", i -> rows.number("paid_on", i) < rows.number("back", i));
        broken.put("season", i -> LocalDate.ofEpochDay((long) rows.number("left", i)).getDayOfYear() <= 180 == rows
                .text("season", i).equals("S4"));
        return broken;
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES", "INDEPENDENT" })
    void everyDrawnRowKeepsTheRelationsOfTheTable(SynthesisMethod method) {
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(trips(3_000, 1, "DE"), method), 7, Conditions.none(), 0, DRAWN);

        broken(rows).forEach((name, breaks) -> assertThat(IntStream.range(0, DRAWN).filter(breaks).count()).as(name).isZero());
    }

    @Test
    void theModelListsItsRelationsWithTheirEvidence() {
        ModelSummary summary = ModelSummary.of(ModelFitter.fit(trips(3_000, 1, "DE"), SynthesisMethod.TREES));

        assertThat(summary.relations()).anySatisfy(relation -> {
            assertThat(relation.relation()).isEqualTo("fare + fee = sum");
            assertThat(relation.columns()).containsExactly("sum", "fare", "fee");
            assertThat(relation.rows()).isEqualTo(3_000);
            assertThat(relation.rate()).isEqualTo(1);
        });
        assertThat(summary.relations()).extracting(ModelSummary.RelationSummary::relation).contains("port -> country",
                "seats * price = fare", "left <= back", "back <= paid_on", "month of left -> month", "left -> season",
                "open says when paid_on is missing");
    }

    @Test
    void relationsAreSwitchedOffTogetherOrOneByOne() {
        TableSample table = trips(3_000, 1, "DE");
        assertThat(ModelSummary.of(ModelFitter.fit(table, SynthesisMethod.TREES,
                new FitOptions(true, List.of(), RelationOptions.none()))).relations()).isEmpty();

        RelationOptions without = new RelationOptions(true, List.of(), Set.of("port -> country"), Optional.empty());
        assertThat(ModelSummary.of(ModelFitter.fit(table, SynthesisMethod.TREES, new FitOptions(true, List.of(), without)))
                .relations()).extracting(ModelSummary.RelationSummary::relation).doesNotContain("port -> country")
                .contains("fare + fee = sum");
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES" })
    void aModelFileKeepsTheRelationsAndIsOfTheSchema(SynthesisMethod method) throws IOException {
        SynthesisModel model = ModelFitter.fit(trips(2_000, 2, "DE"), method);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);

        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
        DrawnRows before = DrawnRows.of(model, 3, Conditions.none(), 1_000, 500);
        DrawnRows after = DrawnRows.of(read, 3, Conditions.none(), 1_000, 500);
        IntStream.range(0, 500).forEach(i -> assertThat(after.line(i)).isEqualTo(before.line(i)));
        assertThat(ModelSummary.of(read).relations()).isEqualTo(ModelSummary.of(model).relations());
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(getClass().getResourceAsStream("/META-INF/resources/schemas/model-2.json"))
                .validate(new ObjectMapper().readTree(file.toByteArray()))).isEmpty();
    }

    @Test
    void rowsAreTheSameAloneAndInABlock() {
        SynthesisModel model = ModelFitter.fit(trips(2_000, 2, "DE"), SynthesisMethod.GAUSSIAN_COPULA);
        DrawnRows block = DrawnRows.of(model, 3, Conditions.none(), 0, 300);
        for (int row = 0; row < 300; row += 37) {
            assertThat(DrawnRows.of(model, 3, Conditions.none(), row, 1).line(0)).isEqualTo(block.line(row));
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "GAUSSIAN_COPULA", "TREES" })
    void conditionsOnColumnsThatFollowFromOthersHold(SynthesisMethod method) {
        SynthesisModel model = ModelFitter.fit(trips(3_000, 1, "DE"), method);
        Conditions conditions = new Conditions(List.of(new ColumnCondition("country", Operator.EQ, List.of("LV")),
                new ColumnCondition("month", Operator.LTE, List.of(2)), new ColumnCondition("sum", Operator.GT, List.of(100))));

        DrawnRows rows = DrawnRows.of(model, 5, conditions, 0, 500);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(rows.text("port", row)).isEqualTo("Riga");
            assertThat(rows.number("month", row)).isLessThanOrEqualTo(2);
            assertThat(rows.number("sum", row)).isGreaterThan(100);
        }
        assertThat(model.probability(conditions)).isBetween(.01, .06);
        assertThatThrownBy(() -> model.generator(1,
                new Conditions(List.of(new ColumnCondition("country", Operator.EQ, List.of("SE"))))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("country never has the value SE");
    }

    @Test
    void aRelationThatNewRowsBreakIsDroppedAndTheOthersStay() {
        SynthesisModel model = ModelFitter.fit(trips(3_000, 1, "DE"), SynthesisMethod.TREES);
        TableSample changed = SampleTables.csv(mixedCountries(trips(2_000, 9, "DE")));

        PartialFit fit = OnlineLearning.partialFit(model, changed, .5);
        assertThat(fit.notices()).extracting(Notice::message)
                .contains("New rows break the relation port -> country, so that the model no longer keeps it.");
        assertThat(ModelSummary.of(fit.model()).relations()).extracting(ModelSummary.RelationSummary::relation)
                .doesNotContain("port -> country").contains("fare + fee = sum");
        DrawnRows rows = DrawnRows.of(fit.model(), 7, Conditions.none(), 0, DRAWN);
        Map<String, IntPredicate> broken = broken(rows);
        assertThat(IntStream.range(0, DRAWN).filter(broken.get("country")).count()).isBetween(DRAWN / 5L, DRAWN * 3L / 5);
        assertThat(IntStream.range(0, DRAWN).filter(broken.get("sum")).count()).isZero();
    }

    private static String mixedCountries(TableSample table) {
        DrawnRows rows = DrawnRows.of(table.rows());
        StringBuilder csv = new StringBuilder("port,country,seats,price,fare,fee,sum,left,back,month,open,paid_on,season\n");
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>();
            for (String name : List.of("port", "country", "seats", "price", "fare", "fee", "sum", "left", "back", "month",
                    "open", "paid_on", "season")) {
                cells.add(cell(rows, name, row, table));
            }
            cells.set(1, COUNTRIES.get(row % 5));
            csv.append(String.join(",", cells)).append('\n');
        }
        return csv.toString();
    }

    private static String cell(DrawnRows rows, String name, int row, TableSample table) {
        var type = table.schema().column(table.schema().indexOf(name)).type();
        return rows.isMissing(name, row) ? ""
                : NumberReader.isNumeric(type) ? ColumnSummary.text(type, rows.number(name, row)) : rows.text(name, row);
    }

    @Test
    void newRowsThatKeepTheRelationsAddNamesToThem() {
        SynthesisModel model = ModelFitter.fit(trips(3_000, 1, "DE"), SynthesisMethod.GAUSSIAN_COPULA);
        String more = mixedCountries(trips(1_000, 4, "DE")).replaceAll("(?m)^[A-Z][a-z]+,..", "Visby,SE");

        SynthesisModel after = OnlineLearning.partialFit(model, SampleTables.csv(more), .5).model();
        DrawnRows rows = DrawnRows.of(after, 7, Conditions.none(), 0, DRAWN);
        long visby = IntStream.range(0, DRAWN).filter(i -> rows.text("port", i).equals("Visby")).count();
        assertThat(visby).isBetween(DRAWN * 2L / 5, DRAWN * 3L / 5);
        assertThat(IntStream.range(0, DRAWN)
                .filter(i -> rows.text("port", i).equals("Visby") != rows.text("country", i).equals("SE")).count()).isZero();
    }

    @Test
    void aRelationThatHardlyARowBreaksIsKeptAtItsRate() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder csv = new StringBuilder("a,b,c\n");
        for (int row = 0; row < 20_000; row++) {
            int a = random.nextInt(1_000);
            int b = random.nextInt(1_000);
            csv.append(a).append(',').append(b).append(',').append(a + b + (row % 1_500 == 7 ? 1 + random.nextInt(9) : 0))
                    .append('\n');
        }
        TableSample table = SampleTables.csv(csv.toString());
        FittedModel fitted = ModelFitter.fitted(table, SynthesisMethod.GAUSSIAN_COPULA, FitOptions.defaults());

        assertThat(FitNotices.of(table, fitted)).extracting(Notice::message)
                .anyMatch(text -> text.startsWith("The relation a + b = c does not hold in 14 of 20000 rows"));
        DrawnRows rows = DrawnRows.of(fitted.model(), 1, Conditions.none(), 0, 50_000);
        long broken = IntStream.range(0, 50_000)
                .filter(i -> rows.number("a", i) + rows.number("b", i) != rows.number("c", i)).count();
        assertThat(broken).isBetween(10L, 75L);
    }

    @Test
    void columnsThatLackValuesKeepTheRelationWhereTheyHaveThem() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder csv = new StringBuilder("a,b,c\n");
        for (int row = 0; row < 4_000; row++) {
            int a = random.nextInt(1_000);
            int b = random.nextInt(1_000);
            csv.append(random.nextInt(10) == 0 ? "" : a).append(',').append(b).append(',')
                    .append(random.nextInt(5) == 0 ? "" : a + b).append('\n');
        }
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(SampleTables.csv(csv.toString()), SynthesisMethod.TREES), 1,
                Conditions.none(), 0, DRAWN);
        long missing = IntStream.range(0, DRAWN).filter(i -> rows.isMissing("c", i)).count();
        assertThat(missing).isBetween(DRAWN * 17L / 100, DRAWN * 23L / 100);
        assertThat(IntStream.range(0, DRAWN).filter(i -> !rows.isMissing("a", i) && !rows.isMissing("c", i))
                .filter(i -> rows.number("a", i) + rows.number("b", i) != rows.number("c", i)).count()).isZero();
        assertThat(IntStream.range(0, DRAWN).filter(i -> rows.isMissing("a", i) && !rows.isMissing("c", i)).count())
                .isGreaterThan(200);
    }

    @Test
    void declaredRelationsAreKeptAndThoseThatDoNotHoldAreRejected() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder csv = new StringBuilder("a,b,c,d\n");
        for (int row = 0; row < 40; row++) {
            int a = random.nextInt(40);
            int b = random.nextInt(100 - a);
            csv.append(a).append(',').append(b).append(',').append(100 - a - b).append(',').append(a * b).append('\n');
        }
        TableSample table = SampleTables.csv(csv.toString());
        DrawnRows rows = DrawnRows.of(ModelFitter.fit(table, SynthesisMethod.GAUSSIAN_COPULA,
                declaring("a + b + c = 100", "a * b = d", "a <= 40")), 1, Conditions.none(), 0, DRAWN);
        for (int row = 0; row < DRAWN; row++) {
            assertThat(rows.number("a", row) + rows.number("b", row) + rows.number("c", row)).isEqualTo(100);
            assertThat(rows.number("a", row) * rows.number("b", row)).isEqualTo(rows.number("d", row));
            assertThat(rows.number("a", row)).isLessThanOrEqualTo(40);
        }
        assertThatThrownBy(() -> ModelFitter.fit(table, SynthesisMethod.TREES, declaring("a = b")))
                .isInstanceOf(ConstraintException.class).hasMessageContaining("a = b does not hold in");
        assertThatThrownBy(() -> ModelFitter.fit(table, SynthesisMethod.TREES, declaring("a is b")))
                .isInstanceOf(ConstraintException.class).hasMessageContaining("is no relation");
    }

    private static FitOptions declaring(String... relations) {
        return new FitOptions(true, List.of(), new RelationOptions(true, List.of(relations), Set.of(), Optional.empty()));
    }
}
