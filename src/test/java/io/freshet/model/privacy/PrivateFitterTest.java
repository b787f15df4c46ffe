package io.freshet.model.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.freshet.model.ColumnSummary;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.PartialFit;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

class PrivateFitterTest {

    private static final TableSample TABLE = PrivateTables.read(PrivateTables.people(4_000));
    private static final PrivacyOptions OPTIONS = PrivacyOptions.of(3).withSeed(5).declaring(PrivateTables.PEOPLE);
    private static final PrivateModel MODEL = PrivateFitter.fit(TABLE, OPTIONS, Optional.empty());

    private static double probability(SynthesisModel model, Map<String, Object> conditions) {
        return model.probability(ConditionParser.parse(conditions));
    }

    private static String file(SynthesisModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aModelDescribesTheTable() {
        assertThat(MODEL.method()).isEqualTo(SynthesisMethod.MST);
        assertThat(MODEL.fittedRows()).isNotEqualTo(4_000).isCloseTo(4_000, within(200L));
        assertThat(probability(MODEL, Map.of("region", "South"))).isCloseTo(.5, within(.05));
        assertThat(probability(MODEL, Map.of("age", Map.of("lt", 40)))).isCloseTo(22 / 60.0, within(.05));
        assertThat(probability(MODEL, Map.of("income", Map.of("is_null", true)))).isCloseTo(.1, within(.03));
    }

    @Test
    void aModelKeepsDependenceBetweenColumns() {
        double north = probability(MODEL, Map.of("region", "North", "age", Map.of("gte", 45)));

        assertThat(north).isLessThan(.08);
        assertThat(probability(MODEL, Map.of("region", "North")) * probability(MODEL, Map.of("age", Map.of("gte", 45))))
                .isGreaterThan(.12);
    }

    @Test
    void rowsAreAPureFunctionOfTheirIndex() {
        RowGenerator generator = MODEL.generator(9, Conditions.none());
        RowBatch all = generator.newBatch(300);
        generator.fill(all, 0, 300);
        RowBatch one = generator.newBatch(1);

        for (int row : new int[] { 0, 77, 299 }) {
            generator.fill(one, row, 1);
            for (int column = 0; column < 6; column++) {
                assertThat(one.vector(column).isMissing(0)).isEqualTo(all.vector(column).isMissing(row));
            }
            assertThat(number(one, "age", 0)).isEqualTo(number(all, "age", row));
            assertThat(number(one, "joined", 0)).isEqualTo(number(all, "joined", row));
        }
    }

    @Test
    void rowsSatisfyConditionsAndStayInTheirRanges() {
        RowGenerator generator = MODEL.generator(1, ConditionParser.parse(Map.of("region", "East", "age", Map.of("gte", 50))));
        RowBatch rows = generator.newBatch(500);
        generator.fill(rows, 0, 500);

        for (int row = 0; row < 500; row++) {
            assertThat(number(rows, "age", row)).isBetween(50L, 120L);
            assertThat(number(rows, "share", row)).isBetween(0L, 100L);
        }
    }

    private static long number(RowBatch rows, String column, int row) {
        var vector = rows.vector(rows.schema().indexOf(column));
        return vector instanceof CodedVector coded ? ((NumberDictionary) coded.dictionary()).value(coded.codes()[row])
                : ((NumberVector) vector).values()[row];
    }

    @Test
    void theLedgerAddsUpToWhatWasAllowed() {
        PrivacyLedger ledger = MODEL.ledger();
        PrivacyFit fit = ledger.fits().get(0);

        assertThat(ledger.epsilon()).isLessThanOrEqualTo(3).isCloseTo(3, within(.3));
        assertThat(ledger.delta()).isLessThanOrEqualTo(1e-6);
        assertThat(ledger.rho()).isCloseTo(fit.spent().stream().mapToDouble(PrivacySpend::rho).sum(), within(1e-12));
        assertThat(fit.spent()).extracting(PrivacySpend::purpose).contains("number of rows, for delta", "counts of columns",
                "pairs of columns", "counts of pairs of columns", "bins of income");
        assertThat(ledger.isSeeded()).isTrue();
    }

    @Test
    void aModelFileKeepsTheRowsAndTheLedger() throws IOException {
        String written = file(MODEL);

        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));

        assertThat(file(read)).isEqualTo(written);
        assertThat(((PrivateModel) read).ledger()).isEqualTo(MODEL.ledger());
        assertThat(written).contains("\"method\":\"mst\"", "\"seeded\":true").doesNotContain("relations", "notices");
    }

    @Test
    void aModelHoldsNoNameAndNoBoundThatWasNotPaidFor() throws IOException {
        DeclaredColumns types = new DeclaredColumns(Map.of("name", "categorical", "age", "integer"), Map.of(), Map.of(),
                Map.of());
        for (double epsilon : new double[] { 1, 50 }) {
            PrivateModel model = PrivateFitter.fit(TABLE, PrivacyOptions.of(epsilon).withDelta(1e-9).declaring(types),
                    Optional.empty());
            String written = file(model);
            assertThat(List.of("Zaphod", "person-", "Moon")).noneMatch(written::contains);
            List<ColumnSummary> columns = ModelSummary.of(model).columns();
            assertThat(columns.get(1).greatest()).isIn("63", "127");
            assertThat(columns.get(4).greatest()).isNotEqualTo("2029-12-24");
        }
    }

    @Test
    void typesRangesAndNamesAreBoughtWhereNothingIsDeclared() {
        PrivateModel model = PrivateFitter.fit(TABLE, PrivacyOptions.of(20).withDelta(1e-6).withSeed(3), Optional.empty());

        assertThat(model.schema().columns()).extracting(column -> column.type().typeName()).containsExactly("categorical",
                "integer", "integer", "categorical", "datetime", "decimal");
        assertThat(((ColumnType.Decimal) model.schema().column(5).type()).digits()).isEqualTo(2);
        assertThat(probability(model, Map.of("region", "South"))).isCloseTo(.5, within(.05));
        assertThat(probability(model, Map.of("income", Map.of("lt", 50_000)))).isCloseTo(.48, within(.08));
        assertThat(model.ledger().epsilon()).isLessThanOrEqualTo(20);
        assertThat(model.ledger().fits().get(0).spent()).extracting(PrivacySpend::purpose).contains("types of columns",
                "ranges of numbers");
    }

    @Test
    void anUpdateMixesNewRowsAndAddsToTheLedger() {
        StringBuilder csv = new StringBuilder("region,share,joined,income,age,name\n");
        for (int row = 0; row < 3_000; row++) {
            csv.append("East,0.50,2015-05-05,1000,30,x\n");
        }

        PartialFit fit = PrivateLearning.learn(MODEL, PrivateTables.read(csv.toString()), .5, OPTIONS);

        PrivateModel updated = (PrivateModel) fit.model();
        assertThat(probability(updated, Map.of("region", "East"))).isCloseTo(
                .5 + probability(MODEL, Map.of("region", "East")) / 2,
                within(.03));
        assertThat(probability(updated, Map.of("region", "South"))).isCloseTo(.25, within(.03));
        assertThat(updated.ledger().fits()).hasSize(2);
        assertThat(updated.ledger().epsilon()).isBetween(MODEL.ledger().epsilon() * 1.2, 6.0);
        assertThat(fit.drift().get(3).metric()).isEqualTo("total_variation");
        assertThat(fit.drift().get(3).distance())
                .isCloseTo((1 - probability(MODEL, Map.of("region", "East"))) / 2, within(.03));
    }

    @Test
    void fitsBeyondTheBudgetAreRefused() {
        PrivacyOptions limited = OPTIONS.withBudget(4);
        PrivateModel model = PrivateFitter.fit(TABLE, limited, Optional.empty());

        assertThatThrownBy(() -> PrivateFitter.fit(TABLE, OPTIONS, Optional.of(model.ledger())))
                .isInstanceOf(PrivacyBudgetException.class).hasMessageContaining("budget of 4");
        assertThatThrownBy(() -> PrivateLearning.learn(model, TABLE, .1, OPTIONS))
                .isInstanceOf(PrivacyBudgetException.class);
        assertThatThrownBy(() -> PrivateFitter.fit(TABLE, OPTIONS.withBudget(1), Optional.empty()))
                .isInstanceOf(PrivacyBudgetException.class);
        PrivacyOptions small = PrivacyOptions.of(.2).withSeed(1).declaring(PrivateTables.PEOPLE);
        assertThat(PrivateFitter.fit(TABLE, small, Optional.of(model.ledger())).ledger().epsilon()).isLessThan(4);
    }

    @Test
    void aPrivateModelDoesNotLearnWithoutEpsilon() {
        assertThatThrownBy(() -> OnlineLearning.partialFit(MODEL, TABLE, .1)).isInstanceOf(TableException.class)
                .hasMessageContaining("epsilon");
    }

    @Test
    void declarationsOfUnknownColumnsAndWrongRangesAreRefused() {
        DeclaredColumns unknown = new DeclaredColumns(Map.of(), Map.of(), Map.of("weight", "0..1"), Map.of());
        DeclaredColumns reversed = new DeclaredColumns(Map.of(), Map.of(), Map.of("age", "120..0"), Map.of());

        assertThatThrownBy(() -> PrivateFitter.fit(TABLE, OPTIONS.declaring(unknown), Optional.empty()))
                .isInstanceOf(TableException.class).hasMessageContaining("no column weight");
        assertThatThrownBy(() -> PrivateFitter.fit(TABLE, OPTIONS.declaring(reversed), Optional.empty()))
                .isInstanceOf(TableException.class).hasMessageContaining("range.age");
    }

    @Test
    void tablesWithoutAnythingToLearnCanBeFitted() {
        for (String csv : List.of("a\n1\n", "a,b\n,\n,\n", "a,b\nx,\nx,\n", "a\n\"\"\n")) {
            PrivateModel model = PrivateFitter.fit(PrivateTables.read(csv), PrivacyOptions.of(1), Optional.empty());
            RowGenerator generator = model.generator(1, Conditions.none());
            RowBatch rows = generator.newBatch(10);
            generator.fill(rows, 0, 10);
            assertThat(rows.size()).isEqualTo(10);
        }
    }
}
