package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.freshet.model.fit.ModelFitter;
import io.freshet.table.RowBatch;

/** Row i is a pure function of (model, seed, conditions, i). */
class RandomAccessTest {

    private static final SynthesisModel MODEL = ModelFitter.fit(SampleTables.mixed(3_000), SynthesisMethod.GAUSSIAN_COPULA);
    private static final List<Conditions> CONDITIONS = List.of(Conditions.none(),
            ConditionParser.parse(Map.of("fraud", true, "age", Map.of("gte", 60))),
            ConditionParser.parse(Map.of("region", List.of("East", "West"), "income", Map.of("is_null", false))));

    @Test
    void theBytesDoNotDependOnBlocksAndOffsets() {
        for (Conditions conditions : CONDITIONS) {
            DrawnRows all = DrawnRows.of(MODEL, 7, conditions, 0, 1_500);
            for (int size : new int[] { 1, 7, 63, 64, 65, 512, 700 }) {
                RowGenerator generator = MODEL.generator(7, conditions);
                RowBatch batch = generator.newBatch(size);
                for (int first : new int[] { 700, 0, 511, 513, 64 }) {
                    generator.fill(batch, first, size);
                    DrawnRows some = DrawnRows.of(batch);
                    for (int i = 0; i < size; i++) {
                        assertThat(some.line(i)).isEqualTo(all.line(first + i));
                    }
                }
            }
        }
    }

    @Test
    void distantRowsCostTheSameAndDiffer() {
        DrawnRows far = DrawnRows.of(MODEL, 7, Conditions.none(), 1L << 60, 100);
        assertThat(far.line(50)).isEqualTo(DrawnRows.of(MODEL, 7, Conditions.none(), (1L << 60) + 50, 1).line(0));
        assertThat(far.digest()).isNotEqualTo(DrawnRows.of(MODEL, 7, Conditions.none(), 0, 100).digest());
    }

    @Test
    void seedsDiffer() {
        assertThat(DrawnRows.of(MODEL, 1, Conditions.none(), 0, 100).digest())
                .isNotEqualTo(DrawnRows.of(MODEL, 2, Conditions.none(), 0, 100).digest());
    }

    /** Golden test: a change here changes every existing stream, and requires a new version of the model file. */
    @Test
    void theRowsAreTheSameOnEveryMachine() {
        assertThat(CONDITIONS.stream().map(conditions -> DrawnRows.of(MODEL, 42, conditions, 0, 2_000).digest()))
                .containsExactly("5bce60fae59e6588", "88fdbd8390315f92", "b7bcd3618a8bcc11");
    }
}
