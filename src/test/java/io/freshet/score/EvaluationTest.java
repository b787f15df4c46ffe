package io.freshet.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class EvaluationTest {

    private static RowBatch table(String header, int rows, java.util.function.IntFunction<String> row) throws IOException {
        String csv = header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n"));
        return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults()).rows();
    }

    private static RowBatch people(int first, int rows) throws IOException {
        return table("id,age,income,region,since", rows, k -> {
            Random random = new Random(31L * (first + k));
            random.nextInt();
            int age = 20 + random.nextInt(50);
            return "ID-%05d,%d,%s,%s,2024-%02d-%02d".formatted(first + k, age,
                    random.nextInt(9) == 0 ? "" : 1000 + random.nextInt(5000) + ".50",
                    age < 40 ? "West" : random.nextBoolean() ? "East" : "North", 1 + random.nextInt(12),
                    1 + random.nextInt(28));
        });
    }

    @Test
    void aTableIsPerfectAgainstItself() throws IOException {
        RowBatch rows = people(0, 2000);

        QualityReport report = Evaluation.compare(rows, rows, Optional.of(rows), 1);

        assertThat(report.columns()).extracting(ColumnScore::name).containsExactly("age", "income", "region", "since");
        assertThat(report.columns()).extracting(ColumnScore::metric).containsExactly("KSComplement", "KSComplement",
                "TVComplement",
                "KSComplement");
        assertThat(report.pairs()).hasSize(6);
        assertThat(report.overall()).isCloseTo(1, within(1e-9));
        assertThat(Evaluation.compare(rows, rows, Optional.empty(), 1).overallCeiling()).isBetween(.95, .9999);
        assertThat(report.columns()).allSatisfy(column -> {
            assertThat(column.adherence()).isEqualTo(1);
            assertThat(column.coverage()).isEqualTo(1);
            assertThat(column.missingSimilarity()).isEqualTo(1);
            assertThat(column.distribution().stream().mapToDouble(ColumnScore.Bar::real).sum()).isCloseTo(1, within(1e-9));
        });
        assertThat(report.privacy().newRows()).isZero();
        assertThat(report.privacy().medianDistance()).isZero();
        assertThat(report.privacy().overfittingProtection()).isEqualTo(1);
    }

    @Test
    void barsOfDatesAreLabelledAsTheDatesAreWritten() throws IOException {
        RowBatch rows = table("visited,age", 400, k -> "%02d.%02d.2024,%d".formatted(1 + k % 28, 1 + k % 12, k % 90));

        QualityReport report = Evaluation.compare(rows, rows, Optional.empty(), 1);

        assertThat(report.columns().get(0).distribution()).extracting(ColumnScore.Bar::label)
                .allSatisfy(label -> assertThat(label).matches("\\d{2}\\.\\d{2}\\.2024")).isNotEmpty();
        assertThat(report.columns().get(1).distribution()).extracting(ColumnScore.Bar::label).startsWith("0", "3.70833");
    }

    @Test
    void copiesOfWhatWasLearnedAreFound() throws IOException {
        RowBatch learned = people(0, 800);
        RowBatch heldOut = people(50_000, 800);

        assertThat(Evaluation.compare(heldOut, learned, Optional.of(learned), 1).privacy().overfittingProtection())
                .isLessThan(.6);
        assertThat(Evaluation.compare(heldOut, people(90_000, 800), Optional.of(learned), 1).privacy().overfittingProtection())
                .isGreaterThan(.8);
    }

    @Test
    void everyPairOfManyColumnsIsCompared() throws IOException {
        String header = IntStream.range(0, 100).mapToObj(c -> "c" + c).collect(Collectors.joining(","));
        Random random = new Random(3);
        RowBatch rows = table(header, 200, k -> IntStream.range(0, 100)
                .mapToObj(c -> c % 2 == 0 ? String.valueOf(random.nextInt(1000)) : "v" + random.nextInt(5))
                .collect(Collectors.joining(",")));

        assertThat(Evaluation.compare(rows, rows, Optional.empty(), 1).pairs()).hasSize(100 * 99 / 2);
    }

    @Test
    void aTableOfAnotherShapeIsRefusedWithTheColumn() throws IOException {
        RowBatch rows = people(0, 50);
        assertThatThrownBy(() -> Evaluation.compare(table("age\n", 3, i -> "" + i), rows, Optional.empty(), 1))
                .isInstanceOf(TableException.class).hasMessageContaining("no column");
        RowBatch words = table("age,income,region,since,id", 60, i -> "word" + i % 7 + ",1,West,2024-01-01,ID-1");
        assertThatThrownBy(() -> Evaluation.compare(words, rows, Optional.empty(), 1)).isInstanceOf(TableException.class)
                .hasMessageContaining("age");
    }
}
