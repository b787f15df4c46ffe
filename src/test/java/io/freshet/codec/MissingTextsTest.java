package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** What CSV has for missing values of a model. */
class MissingTextsTest {

    private static final int ROWS = 1_000;

    @ParameterizedTest
    @EnumSource(value = SynthesisMethod.class, names = { "TREES", "GAUSSIAN_COPULA" })
    void csvHasTheTextsOfTheFile(SynthesisMethod method) throws IOException {
        TableSample table = read(table("?", "-", "", "NA"), ReadOptions.defaults());

        assertThat(gaps(ModelFitter.fit(table, method))).containsExactly(Set.of("?"), Set.of("-"), Set.of(""), Set.of("NA"));
    }

    @Test
    void aDeclaredTextIsWrittenAndReadBack() throws IOException {
        ReadOptions options = ReadOptions.defaults().withMissingMarkers(Set.of("", "none", "-999"));
        SynthesisModel model = ModelFitter.fit(read(table("none", "-999", "-999", ""), options), SynthesisMethod.TREES);
        RowBatch rows = draw(model);

        TableSample again = read(csv(rows), ReadOptions.defaults().withTypesOf(model.schema()));

        assertThat(gaps(model)).containsExactly(Set.of("none"), Set.of("-999"), Set.of("-999"), Set.of(""));
        assertThat(List.copyOf(RowRecords.of(again.rows()))).isEqualTo(List.copyOf(RowRecords.of(rows)));
    }

    @Test
    void theModelFileKeepsTheTexts() throws IOException {
        SynthesisModel model = ModelFitter.fit(read(table("?", "-", "", "NA"), ReadOptions.defaults()), SynthesisMethod.TREES);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);

        SynthesisModel again = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));

        assertThat(again.schema()).isEqualTo(model.schema());
        assertThat(csv(draw(again))).isEqualTo(csv(draw(model)));
    }

    @Test
    void mostMissingValuesDecide() throws IOException {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int row = 0; row < 100; row++) {
            csv.append(row % 4 == 0 ? "NA" : row % 4 == 1 ? "" : "x" + row % 3).append(',').append(row % 5 == 0 ? "?" : row)
                    .append('\n');
        }
        csv.append(",1\n");

        TableSample table = read(csv.toString(), ReadOptions.defaults());

        assertThat(table.schema().column(0).absent()).isEmpty();
        assertThat(table.schema().column(1).absent()).isEqualTo("?");
    }

    @Test
    void jsonHasNull() throws IOException {
        SynthesisModel model = ModelFitter.fit(read(table("?", "-", "", "NA"), ReadOptions.defaults()), SynthesisMethod.TREES);

        assertThat(List.copyOf(RowRecords.of(draw(model)))).anyMatch(record -> record.get("name") == null)
                .noneMatch(record -> "?".equals(record.get("name")));
    }

    /** Returns the texts of the missing values by column. */
    private static List<Set<String>> gaps(SynthesisModel model) throws IOException {
        RowBatch rows = draw(model);
        String[] lines = csv(rows).split("\n");
        List<Set<String>> gaps = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (int row = 0; row < ROWS; row++) {
            String[] fields = lines[row + 1].split(",", -1);
            for (int c = 0; c < gaps.size(); c++) {
                if (rows.vector(c).isMissing(row)) {
                    gaps.get(c).add(fields[c]);
                }
            }
        }
        return gaps;
    }

    private static RowBatch draw(SynthesisModel model) {
        RowGenerator generator = model.generator(1, Conditions.none());
        RowBatch rows = generator.newBatch(ROWS);
        generator.fill(rows, 0, ROWS);
        return rows;
    }

    private static String csv(RowBatch rows) throws IOException {
        return new String(Written.csv(rows), StandardCharsets.UTF_8);
    }

    /** Returns a table in which each column has gaps with a text of its own. */
    private static String table(String... gaps) {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder csv = new StringBuilder("name,amount,day,size\n");
        for (int row = 0; row < 2 * ROWS; row++) {
            csv.append(random.nextInt(4) == 0 ? gaps[0] : "n" + random.nextInt(4)).append(',')
                    .append(random.nextInt(4) == 0 ? gaps[1] : random.nextInt(100_000)).append(',')
                    .append(random.nextInt(4) == 0 ? gaps[2] : "2026-03-%02d".formatted(1 + random.nextInt(28))).append(',')
                    .append(random.nextInt(4) == 0 ? gaps[3] : random.nextInt(10)).append('\n');
        }
        return csv.toString();
    }

    private static TableSample read(String csv, ReadOptions options) throws IOException {
        return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV, options);
    }
}
