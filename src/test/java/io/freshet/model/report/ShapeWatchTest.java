package io.freshet.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.CodedVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;

@Timeout(60)
class ShapeWatchTest {

    private static final SynthesisModel MODEL = ModelFitter.fit(SampleTables.mixed(5_000), SynthesisMethod.GAUSSIAN_COPULA);

    private static RowBatch rows(Conditions conditions, long first, int rows) {
        RowGenerator generator = MODEL.generator(3, conditions);
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, first, rows);
        return batch;
    }

    private static ShapeScores.ColumnShape shape(ShapeScores scores, String column) {
        return scores.columns().stream().collect(Collectors.toMap(ShapeScores.ColumnShape::name, shape -> shape)).get(column);
    }

    private static <V> V vector(RowBatch rows, String column, Class<V> type) {
        return type.cast(rows.vector(rows.schema().indexOf(column)));
    }

    @Test
    void rowsOfTheModelReachTheCeiling() {
        ShapeWatch watch = ShapeWatch.of(MODEL, Conditions.none());
        watch.look(rows(Conditions.none(), 0, 8_000));

        ShapeScores scores = watch.scores().orElseThrow();

        assertThat(scores.rows()).isEqualTo(8_000);
        assertThat(scores.ceiling()).isBetween(.98, .999);
        assertThat(scores.shape()).isCloseTo(scores.ceiling(), within(.005));
        assertThat(scores.columns()).allSatisfy(column -> {
            assertThat(column.score()).as(column.name()).isGreaterThan(1 - 3 * (1 - column.ceiling()));
            assertThat(column.missing()).as(column.name()).isGreaterThan(.98);
        });
    }

    @Test
    void rowsThatSatisfyConditionsAreComparedWithOthersOfThatKind() {
        Conditions conditions = ConditionParser.parse(Map.of("age", Map.of("gt", 60), "fraud", true));
        ShapeWatch watch = ShapeWatch.of(MODEL, conditions);
        watch.look(rows(conditions, 0, 8_000));

        ShapeScores scores = watch.scores().orElseThrow();

        assertThat(scores.shape()).isCloseTo(scores.ceiling(), within(.008));
        assertThat(scores.worst().score()).isGreaterThan(.95);
    }

    @Test
    void rowsThatTakeLongToDrawAreComparedWithFewerOrNone() {
        Conditions conditions = ConditionParser.parse(Map.of("age", Map.of("gt", 60)));
        AtomicLong clock = new AtomicLong();
        ShapeWatch few = ShapeWatch.of(MODEL, conditions, () -> clock.addAndGet(500_000_000L));
        ShapeWatch none = ShapeWatch.of(MODEL, conditions, () -> clock.addAndGet(1_500_000_000L));
        for (ShapeWatch watch : List.of(few, none)) {
            watch.look(rows(conditions, 0, 1_000));
        }

        assertThat(few.scores().orElseThrow().shape()).isGreaterThan(.85);
        assertThat(none.scores()).isEmpty();
    }

    @Test
    void aColumnThatWasChangedIsTheWorst() {
        RowBatch rows = rows(Conditions.none(), 0, 8_000);
        NumberVector ages = vector(rows, "age", NumberVector.class);
        long median = Arrays.stream(ages.values()).sorted().skip(4_000).findFirst().orElseThrow();
        for (int row = 0; row < 8_000; row++) {
            ages.values()[row] = Math.max(median, ages.values()[row]);
        }
        ShapeWatch watch = ShapeWatch.of(MODEL, Conditions.none());
        watch.look(rows);

        ShapeScores.ColumnShape worst = watch.scores().orElseThrow().worst();

        assertThat(worst.name()).isEqualTo("age");
        assertThat(worst.metric()).isEqualTo("KSComplement");
        assertThat(worst.score()).isCloseTo(.5, within(.05));
    }

    @Test
    void sharesAreComparedByTotalVariation() {
        RowBatch rows = rows(Conditions.none(), 0, 2_000);
        CodedVector flags = vector(rows, "fraud", CodedVector.class);
        double common = MODEL.probability(ConditionParser.parse(Map.of("fraud", false)));
        Arrays.fill(flags.codes(), 1);
        ShapeWatch watch = ShapeWatch.of(MODEL, Conditions.none());
        watch.look(rows);

        ShapeScores.ColumnShape fraud = shape(watch.scores().orElseThrow(), "fraud");

        assertThat(fraud.metric()).isEqualTo("TVComplement");
        assertThat(fraud.score()).isCloseTo(1 - common, within(1e-9));
    }

    @Test
    void missingValuesLowerTheScore() {
        RowBatch rows = rows(Conditions.none(), 0, 2_000);
        int before = 0;
        for (int row = 0; row < 2_000; row++) {
            before += rows.vector(rows.schema().indexOf("age")).isMissing(row) ? 1 : 0;
            if (row % 2 == 0) {
                rows.vector(rows.schema().indexOf("age")).setMissing(row);
            }
        }
        ShapeWatch watch = ShapeWatch.of(MODEL, Conditions.none());
        watch.look(rows);

        assertThat(before).isZero();
        assertThat(shape(watch.scores().orElseThrow(), "age").missing()).isCloseTo(.5, within(1e-9));
    }

    @Test
    void aFewRowsHaveNoScoreAndOldOnesNoLongerCount() {
        ShapeWatch watch = ShapeWatch.of(MODEL, Conditions.none());
        watch.look(rows(Conditions.none(), 0, 99));
        assertThat(watch.scores()).isEmpty();

        RowBatch wrong = rows(Conditions.none(), 0, ShapeWatch.GENERATION);
        Arrays.fill(vector(wrong, "fraud", CodedVector.class).codes(), 1);
        watch.look(wrong);
        assertThat(shape(watch.scores().orElseThrow(), "fraud").score()).isLessThan(.6);
        for (int i = 0; i < 2; i++) {
            watch.look(rows(Conditions.none(), i * 20_000L, ShapeWatch.GENERATION));
        }

        ShapeScores scores = watch.scores().orElseThrow();
        assertThat(scores.rows()).isEqualTo(2 * ShapeWatch.GENERATION);
        assertThat(shape(scores, "fraud").score()).isGreaterThan(.98);
    }
}
