package io.freshet.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

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
        ShapeWatch watch = ShapeWatch.of(MODEL, conditions, Duration.ofMinutes(1));
        watch.look(rows(conditions, 0, 8_000));

        ShapeScores scores = watch.scores().orElseThrow();

        assertThat(scores.shape()).isCloseTo(scores.ceiling(), within(.008));
        assertThat(scores.worst().score()).isGreaterThan(.95);
    }

    @Test
    void rowsThatTakeLongToDrawAreComparedWithFewerOrNone() throws IOException {
        String table = "net,tax,total\n" + IntStream.range(0, 4_000)
                .mapToObj(i -> i * 7_919 % 1_000 + "," + i * 104_729 % 997 + "," + (i * 7_919 % 1_000 + i * 104_729 % 997))
                .collect(Collectors.joining("\n"));
        SynthesisModel sums = ModelFitter.fit(TableReader.read(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults()), SynthesisMethod.TREES);
        Conditions rare = ConditionParser.parse(Map.of("total", Map.of("gt", 1_960)));
        long startedAt = System.nanoTime();

        ShapeWatch watch = ShapeWatch.of(sums, rare);

        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(20));
        RowGenerator generator = sums.generator(3, rare);
        RowBatch batch = generator.newBatch(100);
        generator.fill(batch, 0, 100);
        watch.look(batch);
        assertThat(watch.scores().stream().mapToDouble(ShapeScores::shape)).allMatch(shape -> shape > .5);
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
