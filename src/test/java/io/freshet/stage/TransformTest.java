package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.freshet.event.FieldPath;
import io.freshet.stage.Operation.CastType;

class TransformTest {

    private static final FieldPath A = FieldPath.of("a");

    @Test
    void changesFieldsOneAfterTheOther() {
        Processed processed = run("{'a': {'b': ' 12 '}, 'c': 5, 'd': '2026-03-01T12:00:00.5Z'}",
                Operation.rename(FieldPath.of("a.b"), FieldPath.of("n.m")),
                Operation.cast(FieldPath.of("n.m"), CastType.INTEGER),
                Operation.normalize(FieldPath.of("c"), 0, 10),
                Operation.parseIso(FieldPath.of("d"), FieldPath.of("d")),
                Operation.copy(FieldPath.of("n.m"), FieldPath.of("copy")),
                Operation.remove(A),
                Operation.timestamp(FieldPath.of("seen"), true));

        assertThat(processed.records().get(0).fields().toString())
                .isEqualTo("{c=0.5, d=1772366400500, n={m=12}, copy=12, seen=2026-03-01T12:00:00Z}");
    }

    @Test
    void flattensWhatIsInObjectsAndLists() {
        Processed processed = run("{'a': {'b': {'c': 1}, 'd': []}, 'e': ['x', 'y']}", Operation.flatten("_"));

        assertThat(processed.records().get(0).fields().toString()).isEqualTo("{a_b_c=1, a_d=[], e_0=x, e_1=y}");
    }

    @Test
    void hashesWithAKey() {
        // RFC 4231, test case 2
        Processed processed = run("{'a': 'what do ya want for nothing?', 'b': 3}",
                new KeyedHash(A, A, "Jefe".getBytes(StandardCharsets.US_ASCII)),
                new KeyedHash(FieldPath.of("absent"), FieldPath.of("absent"), new byte[] { 1 }));

        assertThat(processed.records().get(0).fields().get("a"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(processed.records().get(0).fields()).containsOnlyKeys("a", "b");
    }

    @Test
    void aRecordThatCannotBeChangedIsRejectedAlone() {
        StagePipeline chain = Stages.chain(new Transform(List.of(Operation.cast(A, CastType.DECIMAL))));

        Processed processed = chain.process(
                List.of(Stages.record(4, "{'a': '1.5'}"), Stages.record(5, "{'a': 'one'}"), Stages.record(6, "{}")),
                Stages.NOW);

        assertThat(Stages.fields(processed)).containsExactly(Stages.fields("{'a': 1.5}"), Stages.fields("{}"));
        assertThat(processed.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.record().position()).isEqualTo(5);
            assertThat(rejected.reason()).isEqualTo("a cannot be decimal");
        });
        StageStatistics statistics = chain.statistics().get(0);
        assertThat(statistics.in()).isEqualTo(3);
        assertThat(statistics.out()).isEqualTo(2);
        assertThat(statistics.failed()).isEqualTo(1);
        assertThat(statistics.deadLettered()).isEqualTo(1);
        assertThat(statistics.lastError()).isEqualTo("a cannot be decimal");
    }

    @Test
    void castsWhatCanBeCast() {
        assertThat(CastType.BOOLEAN.cast("Yes")).isEqualTo(true);
        assertThat(CastType.BOOLEAN.cast("maybe")).isNull();
        assertThat(CastType.INTEGER.cast(2.9)).isEqualTo(2L);
        assertThat(CastType.INTEGER.cast("900719925474099311")).isEqualTo(900_719_925_474_099_311L);
        assertThat(CastType.INTEGER.cast(Double.NaN)).isNull();
        assertThat(CastType.TEXT.cast(2L)).isEqualTo("2");
        assertThat(CastType.TEXT.cast(List.of())).isNull();
        assertThat(CastType.DECIMAL.cast(true)).isEqualTo(1.0);
    }

    private static Processed run(String json, Operation... operations) {
        return Stages.chain(new Transform(List.of(operations))).process(List.of(Stages.record(0, json)), Stages.NOW);
    }
}
