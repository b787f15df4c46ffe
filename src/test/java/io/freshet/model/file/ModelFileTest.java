package io.freshet.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.FitMonitor;
import io.freshet.model.FitOptions;
import io.freshet.model.GanOptions;
import io.freshet.model.ModelFileException;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

class ModelFileTest {

    /** CTGAN would train for minutes. */
    private static final FitOptions BRIEF = FitOptions.defaults().withTraining(GanOptions.defaults().withEpochs(2),
            FitMonitor.NONE);

    private static final TableSample TABLE = SampleTables.mixed(6_000);

    private static byte[] written(SynthesisModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    private static SynthesisModel read(String text) throws IOException {
        return ModelFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aModelThatWasWrittenAndReadDrawsTheSameRows() throws IOException {
        for (SynthesisMethod method : SynthesisMethod.withoutEpsilon()) {
            SynthesisModel model = ModelFitter.fit(TABLE, method, BRIEF);
            byte[] file = written(model);
            SynthesisModel again = ModelFile.read(new ByteArrayInputStream(file));
            assertThat(again.method()).isEqualTo(model.method()).isNotEqualTo(SynthesisMethod.AUTO);
            assertThat(again.fittedRows()).isEqualTo(6_000);
            assertThat(again.schema()).isEqualTo(model.schema());
            Conditions conditions = ConditionParser.parse(Map.of("fraud", true, "score", Map.of("lt", 1e-8)));
            for (Conditions some : new Conditions[] { Conditions.none(), conditions }) {
                assertThat(DrawnRows.of(again, 9, some, 5, 1_000).digest())
                        .isEqualTo(DrawnRows.of(model, 9, some, 5, 1_000).digest());
            }
            assertThat(written(again)).isEqualTo(file);
        }
    }

    @Test
    void theFormatOfNumbersIsKept() throws IOException {
        StringBuilder text = new StringBuilder("price;share\n");
        for (int i = 0; i < 200; i++) {
            text.append(1_000 + i * 37 % 900).append(",5 €;").append(i % 7).append(" %\n");
        }
        TableSample table = TableReader.read(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults());
        SynthesisModel model = ModelFitter.fit(table, SynthesisMethod.GAUSSIAN_COPULA);
        SynthesisModel again = ModelFile.read(new ByteArrayInputStream(written(model)));
        assertThat(again.schema()).isEqualTo(table.schema());
        assertThat(again.schema().columns()).extracting(column -> column.format().suffix()).containsExactly(" €", " %");
    }

    @Test
    void theFileIsSmallAndNamesItsFormat() throws IOException {
        byte[] file = written(ModelFitter.fit(TABLE, SynthesisMethod.GAUSSIAN_COPULA));
        JsonNode json = new ObjectMapper().readTree(file);
        assertThat(json.get("format").asText()).isEqualTo("freshet-model");
        assertThat(json.get("version").asInt()).isEqualTo(1);
        assertThat(json.get("method").asText()).isEqualTo("gaussian_copula");
        assertThat(file.length).isLessThan(300_000);
    }

    @Test
    void theFileContainsNoTextOfTheTable() throws IOException {
        String file = new String(written(ModelFitter.fit(TABLE, SynthesisMethod.GAUSSIAN_COPULA)), StandardCharsets.UTF_8);
        assertThat(file).doesNotContain("said something").doesNotContain("customer with");
        DrawnRows table = DrawnRows.of(TABLE.rows());
        for (int row = 0; row < 6_000; row += 37) {
            assertThat(file).doesNotContain(table.text("key", row));
        }
    }

    @Test
    void rejectsInvalidFiles() {
        assertThatThrownBy(() -> read("{\"format\":\"freshet-model\",\"version\":99}"))
                .isInstanceOf(ModelFileException.class).hasMessageContaining("version");
        assertThatThrownBy(() -> read("{}")).isInstanceOf(ModelFileException.class);
        assertThatThrownBy(() -> read("[1,2")).isInstanceOf(ModelFileException.class);
        assertThatThrownBy(() -> read("")).isInstanceOf(ModelFileException.class);
        assertThatThrownBy(() -> read("{\"format\":\"freshet-model\",\"version\":1,\"method\":\"magic\"}"))
                .isInstanceOf(ModelFileException.class).hasMessageContaining("gaussian_copula");
        assertThatThrownBy(() -> read("{\"format\":\"freshet-model\",\"version\":1,\"method\":\"independent\"}"))
                .isInstanceOf(ModelFileException.class);
        assertThatThrownBy(() -> read("{\"format\":\"freshet-model\",\"version\":1,\"method\":\"independent\",\"rows\":1,"
                + "\"columns\":[{\"name\":\"a\",\"type\":\"integer\",\"missing\":0,\"values\":[1,2],\"shares\":[1]}]}"))
                .isInstanceOf(ModelFileException.class);
        assertThatThrownBy(() -> read("{\"format\":\"freshet-model\",\"version\":1,\"method\":\"independent\",\"rows\":1,"
                + "\"columns\":[{\"name\":\"a\",\"type\":\"integer\",\"missing\":0,\"cumulative\":[0,1],\"anchors\":[1]}]}"))
                .isInstanceOf(ModelFileException.class);
        assertThatThrownBy(() -> read("{\"format\":\"freshet-model\",\"version\":1,\"method\":\"independent\",\"rows\":1,"
                + "\"columns\":[{\"name\":\"a\",\"type\":\"integer\",\"missing\":7,\"values\":[1,2],\"shares\":[1,-1]}]}"))
                .isInstanceOf(ModelFileException.class);
    }
}
