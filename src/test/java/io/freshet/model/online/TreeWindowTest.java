package io.freshet.model.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.FitOptions;
import io.freshet.model.Influence;
import io.freshet.model.ModelOrigin;
import io.freshet.model.RelationOptions;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.TableSample;

/** Trees that learn in sliding windows. */
class TreeWindowTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    /** Rows of one colour whose size depends on their shape, so that columns depend on each other. */
    private static TableSample rows(int count, String colour, int from) {
        StringBuilder csv = new StringBuilder("colour,shape,size\n");
        for (int i = 0; i < count; i++) {
            // a second colour keeps the column from being a constant
            csv.append(i % 10 == 0 ? "white" : colour).append(i % 3 == 0 ? ",round," : ",square,")
                    .append(from + i % 7 + (i % 3 == 0 ? 50 : 0)).append('\n');
        }
        return SampleTables.csv(csv.toString());
    }

    private static SynthesisModel fitted() {
        return ModelFitter.fit(rows(1_000, "grey", 0), SynthesisMethod.TREES,
                new FitOptions(true, List.of(), RelationOptions.none()));
    }

    private static SynthesisModel learn(SynthesisModel model, TableSample rows, Influence influence, long minute) {
        return OnlineLearning.learn(model, rows, influence, BEGIN, BEGIN.plus(Duration.ofMinutes(minute))).model();
    }

    private static double share(SynthesisModel model, String colour) {
        try {
            return model.probability(ConditionParser.parse(Map.of("colour", colour)));
        } catch (ConditionException e) {
            return 0;
        }
    }

    @Test
    void rowsOutsideTheWindowAreForgottenAlsoWhenNewOnesBreakARelation() {
        SynthesisModel related = ModelFitter.fit(rows(1_000, "grey", 0), SynthesisMethod.TREES);
        SynthesisModel model = learn(related, rows(600, "red", 100), new Influence.LastRows(1_500), 1);
        assertThat(model.fittedRows()).isEqualTo(1_500);
        assertThat(share(model, "grey")).isCloseTo(.9 * .6, within(.02));

        model = learn(related, rows(600, "red", 100), new Influence.LastTime(Duration.ofSeconds(30)), 1);
        assertThat(share(model, "grey")).isZero();
    }

    @Test
    void theLastRowsCountEquallyAndOlderOnesAreForgotten() {
        Influence window = new Influence.LastRows(1_500);
        SynthesisModel model = learn(fitted(), rows(600, "red", 100), window, 1);
        assertThat(share(model, "grey")).isCloseTo(.9 * .6, within(.02));
        assertThat(model.fittedRows()).isEqualTo(1_500);

        model = learn(model, rows(700, "blue", 200), window, 2);
        assertThat(share(model, "grey")).isCloseTo(.9 * 200 / 1_500, within(.02));

        model = learn(model, rows(400, "red", 100), window, 3);
        assertThat(share(model, "grey")).isZero();
        assertThat(share(model, "red")).isCloseTo(.9 * 800 / 1_500, within(.02));
        DrawnRows drawn = DrawnRows.of(model, 1, Conditions.none(), 0, 2_000);
        for (int i = 0; i < drawn.size(); i++) {
            assertThat(drawn.number("size", i)).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void rowsOlderThanTheWindowAreForgotten() {
        Influence window = new Influence.LastTime(Duration.ofMinutes(10));
        SynthesisModel model = learn(fitted(), rows(500, "red", 100), window, 5);
        assertThat(share(model, "grey")).isCloseTo(.9 * 1_000 / 1_500, within(.02));

        model = learn(model, rows(500, "blue", 200), window, 11);
        assertThat(share(model, "grey")).isZero();
        assertThat(share(model, "red")).isCloseTo(.45, within(.02));

        model = learn(model, rows(100, "green", 200), window, 40);
        assertThat(share(model, "green")).isCloseTo(.9, within(.02));
        assertThat(model.fittedRows()).isEqualTo(100);
    }

    @Test
    void dependenceSurvivesTheWindow() {
        SynthesisModel model = fitted();
        for (int i = 1; i <= 6; i++) {
            model = learn(model, rows(500, "red", 100), new Influence.LastRows(1_500), i);
        }
        DrawnRows drawn = DrawnRows.of(model, 1, Conditions.none(), 0, 2_000);
        int right = 0;
        for (int i = 0; i < drawn.size(); i++) {
            right += drawn.text("shape", i).equals("round") == drawn.number("size", i) >= 150 ? 1 : 0;
        }
        assertThat(right).isGreaterThan(1_950);
    }

    @Test
    void theNumberOfSegmentsIsLimitedForAnyNumberOfUpdates() {
        SynthesisModel byRows = fitted();
        SynthesisModel byTime = fitted();
        for (int i = 1; i <= 40; i++) {
            TableSample some = rows(60, i % 2 == 0 ? "red" : "blue", 100);
            byRows = learn(byRows, some, new Influence.LastRows(960), i);
            byTime = learn(byTime, some, new Influence.LastTime(Duration.ofMinutes(16)), i);
            assertThat(segments(byRows)).isBetween(1, 2 * TreeWindow.PARTS + 1);
            assertThat(segments(byTime)).isBetween(1, 2 * TreeWindow.PARTS + 1);
        }
        assertThat(share(byRows, "red")).isCloseTo(.45, within(.05));
        assertThat(share(byTime, "red")).isCloseTo(.45, within(.05));
        assertThat(share(byRows, "grey") + share(byTime, "grey")).isZero();
    }

    private static int segments(SynthesisModel model) {
        return ((TreeModel) model).segments().size();
    }

    @Test
    void windowsAndWeightsMayAlternate() {
        SynthesisModel model = learn(fitted(), rows(1_000, "red", 100), new Influence.Weight(.2), 1);
        assertThat(segments(model)).isZero();

        model = learn(model, rows(500, "blue", 100), new Influence.LastRows(1_000), 2);
        assertThat(share(model, "blue")).isCloseTo(.45, within(.02));
        assertThat(share(model, "grey")).isCloseTo(.9 * .4, within(.02));

        model = learn(model, rows(500, "blue", 100), new Influence.Weight(.5), 3);
        assertThat(segments(model)).isEqualTo(1);
        assertThat(share(model, "blue")).isCloseTo(.9 * .75, within(.02));
    }

    @Test
    void aStoredWindowContinuesWhereItWas() throws IOException {
        Influence window = new Influence.LastRows(1_500);
        SynthesisModel model = learn(fitted(), rows(600, "red", 100), window, 1);
        ModelOrigin origin = new ModelOrigin(2, BEGIN, Duration.ZERO, List.of());
        byte[] file = written(new ModelFile.Contents(model, Optional.of(origin)));

        SynthesisModel restored = ModelFile.read(new ByteArrayInputStream(file));

        assertThat(segments(restored)).isEqualTo(2);
        assertThat(digest(learn(restored, rows(700, "blue", 200), window, 2)))
                .isEqualTo(digest(learn(model, rows(700, "blue", 200), window, 2)));
        assertThat(schema().validate(new ObjectMapper().readTree(file))).isEmpty();
    }

    private static String digest(SynthesisModel model) {
        return DrawnRows.of(model, 3, Conditions.none(), 0, 500).digest();
    }

    @Test
    void anExportedModelOnlyHasSegmentsIfItContinuesToLearn() throws IOException {
        SynthesisModel model = learn(fitted(), rows(600, "red", 100), new Influence.LastRows(1_500), 1);

        JsonNode file = new ObjectMapper().readTree(written(new ModelFile.Contents(model, Optional.empty())));

        assertThat(file.has("segments")).isFalse();
        assertThat(schema().validate(file)).isEmpty();
    }

    private static byte[] written(ModelFile.Contents contents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(contents, out);
        return out.toByteArray();
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = TreeWindowTest.class.getResourceAsStream("/META-INF/resources/schemas/model-2.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(new ObjectMapper().readTree(in));
        }
    }
}
