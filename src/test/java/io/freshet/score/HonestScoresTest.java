package io.freshet.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.stats.Permutation;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class HonestScoresTest {

    private static final ReadOptions TYPES = ReadOptions.defaults()
            .withOverrides(java.util.Map.of("mail", "text", "x", "decimal", "y", "decimal", "kind", "categorical"));

    /** Rows of which each is a function of its number and a source of chance. */
    private static RowBatch table(int first, int rows, BiFunction<Integer, Random, String> row) throws IOException {
        String csv = "mail,x,y,kind\n"
                + IntStream.range(first, first + rows).mapToObj(i -> row.apply(i, new Random(Permutation.mix(i))))
                        .collect(Collectors.joining("\n"));
        return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV, TYPES).rows();
    }

    private static String real(int i, Random random) {
        random.nextInt();
        double x = random.nextDouble();
        return "p%d.%s@example.org,%.5f,%.5f,%s".formatted(i, Integer.toString(i * 7, 36).replaceAll("[0-9]", "q"), x,
                x + .1 * random.nextGaussian(), x < .4 ? "low" : "high");
    }

    /** The same columns, each for itself. */
    private static String shuffled(int i, Random random) {
        return real(i, random).split(",", -1)[0] + ","
                + real(i + 1_000_000, new Random(Permutation.mix(3L * i))).split(",", -1)[1] + ","
                + real(i + 1_000_000, new Random(Permutation.mix(5L * i))).split(",", -1)[2] + ","
                + real(i + 3_000_000, new Random(Permutation.mix(7L * i))).split(",", -1)[3];
    }

    private static QualityReport compare(RowBatch made) throws IOException {
        return Evaluation.compare(table(0, 1_000, HonestScoresTest::real), made,
                Optional.of(table(5_000, 1_000, HonestScoresTest::real)), Optional.of("y"), 1);
    }

    @Test
    void otherRealRowsAreNotTold() throws IOException {
        QualityReport report = compare(table(10_000, 1_000, HonestScoresTest::real));

        DetectionScore detection = report.detection().orElseThrow();
        assertThat(detection.auc()).isCloseTo(.5, within(.06));
        assertThat(detection.ceiling()).isCloseTo(.5, within(.06));
        UsefulnessScore useful = report.usefulness().orElseThrow();
        assertThat(useful.metric()).isEqualTo("R2");
        assertThat(useful.synthetic()).isGreaterThan(.8).isCloseTo(useful.real(), within(.03));
        assertThat(report.privacy().closer()).isCloseTo(.5, within(.06));
        assertThat(report.privacy().closerFloor()).isCloseTo(.5, within(.06));
        assertThat(report.privacy().copies()).isZero();
        assertThat(report.verdict("trees").noticed()).isEmpty();
        assertThat(report.verdict("trees").summary()).contains("hardly tells");
    }

    @Test
    void rowsWithoutDependenceAreToldAndOfNoUseThoughTheirColumnsAreRight() throws IOException {
        QualityReport report = compare(table(10_000, 1_000, HonestScoresTest::shuffled));

        assertThat(report.columnShapes()).isGreaterThan(.95);
        assertThat(report.detection().orElseThrow().auc()).isGreaterThan(.85);
        assertThat(report.usefulness().orElseThrow().synthetic()).isLessThan(.1);
        assertThat(report.associatedPairs()).hasSize(3);
        assertThat(report.associatedPairTrends()).isLessThan(.85);
        assertThat(report.verdict("independent").noticed()).extracting(Verdict.Remark::advice)
                .anyMatch(advice -> advice.contains("method=auto"));
    }

    @Test
    void trainingRowsThatAreHandedOutAreCopiesAndCloser() throws IOException {
        QualityReport report = compare(table(5_000, 1_000, HonestScoresTest::real));

        assertThat(report.privacy().closer()).isGreaterThan(.95);
        assertThat(report.privacy().copies()).isEqualTo(1);
        assertThat(report.privacy().copiesFloor()).isZero();
        assertThat(report.texts().get(0).copied()).isEqualTo(1);
        assertThat(report.verdict("trees").noticed()).extracting(Verdict.Remark::text)
                .anyMatch(text -> text.contains("copies (0.00)"));
    }

    @Test
    void brokenMailAddressesAreTheVerdict() throws IOException {
        QualityReport report = compare(table(10_000, 1_000, (i, random) -> {
            String row = real(i, random);
            return i % 100 < 63 ? "kq wu" + row.substring(row.indexOf(',')) : row;
        }));

        assertThat(report.texts()).hasSize(1);
        assertThat(report.texts().get(0).form()).isCloseTo(.37, within(1e-9));
        assertThat(report.texts().get(0).formCeiling()).isGreaterThan(.99);
        Verdict verdict = report.verdict("trees");
        assertThat(verdict.summary()).contains("The texts of one column are broken");
        assertThat(verdict.noticed().get(0).text()).contains("0.63", "mail");
        assertThat(verdict.noticed().get(0).advice()).contains("type.mail=");
    }

    @Test
    void ceilingsDoNotDependOnTheNumberOfRowsDrawn() throws IOException {
        RowBatch heldOut = table(0, 1_000, HonestScoresTest::real);
        for (Optional<RowBatch> training : List.of(Optional.<RowBatch> empty(),
                Optional.of(table(5_000, 1_000, HonestScoresTest::real)))) {
            QualityReport many = Evaluation.compare(heldOut, table(10_000, 1_000, HonestScoresTest::real), training, 1);
            QualityReport few = Evaluation.compare(heldOut, table(10_000, 200, HonestScoresTest::real), training, 1);

            assertThat(few.columnShapesCeiling()).isEqualTo(many.columnShapesCeiling());
            assertThat(few.columnPairTrendsCeiling()).isEqualTo(many.columnPairTrendsCeiling());
        }
    }

    @Test
    void withoutTrainingRowsHalfOfTheHoldOutStandsForThem() throws IOException {
        QualityReport report = Evaluation.compare(table(0, 1_000, HonestScoresTest::real),
                table(10_000, 1_000, HonestScoresTest::real), Optional.empty(), Optional.of("kind"), 1);

        UsefulnessScore useful = report.usefulness().orElseThrow();
        assertThat(useful.metric()).isEqualTo("AUC");
        assertThat(useful.rows()).isEqualTo(500);
        assertThat(useful.synthetic()).isGreaterThan(.97).isCloseTo(useful.real(), within(.03));
        assertThat(report.privacy().closer()).isNaN();
    }

    @Test
    void aTargetWithTooFewRareValuesIsNotJudged() throws IOException {
        QualityReport report = Evaluation.compare(table(0, 1_000, HonestScoresTest::flagged),
                table(10_000, 1_000, HonestScoresTest::flagged), Optional.empty(), Optional.of("kind"), 1);

        UsefulnessScore useful = report.usefulness().orElseThrow();
        assertThat(useful.isJudged()).isFalse();
        assertThat(useful.rare().orElseThrow().tested()).isBetween(1, 10);
        assertThat(report.verdict("trees").noticed()).extracting(Verdict.Remark::text)
                .anyMatch(text -> text.contains("kind can be predicted is not judged"));
    }

    /** One row in 100 is of another kind. */
    private static String flagged(int i, Random random) {
        String row = real(i, random);
        return row.substring(0, row.lastIndexOf(',') + 1) + (i % 100 == 0 ? "rare" : "common");
    }

    @Test
    void aTargetThatIsNotComparedIsRefusedWithTheColumnsThatAre() {
        assertThatThrownBy(() -> Evaluation.compare(table(0, 50, HonestScoresTest::real),
                table(60, 50, HonestScoresTest::real), Optional.empty(), Optional.of("mail"), 1))
                .isInstanceOf(TableException.class).hasMessageContaining("x, y, kind");
    }

    @Test
    void theFormOfATextIsItsKindsOfCharacters() {
        assertThat(TextMetrics.form("jo.li7@Host.org")).isEqualTo("a.a9@Aa.a");
        assertThat(TextMetrics.knownForms(List.of("a@b.c", "d@e"), List.of("xy@z.org", "x@", "@x", "x.y@z"))).isEqualTo(.25);
        assertThat(TextMetrics.knownForms(List.of("A-12"), List.of("B-7", "b-7", "A12"))).isCloseTo(1 / 3d, within(1e-12));
    }
}
