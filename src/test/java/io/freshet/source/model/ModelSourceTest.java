package io.freshet.source.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.codec.RecordBatch;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.source.SourceStatus;
import io.freshet.table.CodedVector;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowRecords;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;

class ModelSourceTest {

    private static final int BATCH = 10;
    private static final int ROWS = 2_000;

    private @Nullable ModelVersion newest = new ModelVersion(1, fitted("red"));
    private long position;

    private static SynthesisModel fitted(String colour) {
        String csv = "colour,size\n" + (colour + ",1\n").repeat(50) + (colour + ",2\n").repeat(50);
        try {
            return ModelFitter.fit(TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                    TableFormat.CSV, ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ModelSource source(Supplier<Optional<ModelVersion>> asked, Conditions conditions) {
        return new ModelSource(Optional.ofNullable(newest).orElseThrow(), asked,
                new ModelSource.Settings(5, conditions, BATCH, BATCH));
    }

    private ModelSource source() {
        return source(() -> Optional.ofNullable(newest), Conditions.none());
    }

    /** Returns the colour of the rows of the next batch, which all have the same one. */
    private String colour(ModelSource source) {
        RecordBatch.Rows batch = (RecordBatch.Rows) source.next(position, BATCH, null);
        position += BATCH;
        CodedVector colours = (CodedVector) batch.rows().vector(0);
        assertThat(Arrays.stream(colours.codes(), 0, BATCH).distinct().count()).isEqualTo(1);
        return ((TextDictionary) colours.dictionary()).text(colours.codes()[0]);
    }

    @Test
    void switchesToARecreatedModel() {
        ModelSource source = source();
        assertThat(colour(source)).isEqualTo("red");

        newest = null;
        assertThat(colour(source)).isEqualTo("red");
        newest = new ModelVersion(1, fitted("blue"));

        assertThat(colour(source)).isEqualTo("blue");
        assertThat(source.status()).isEqualTo(new SourceStatus(1L, null));
    }

    @Test
    void anUnchangedVersionKeepsItsVectors() {
        ModelSource source = source();
        RecordBatch first = source.next(0, BATCH, null);
        SynthesisModel model = Optional.ofNullable(newest).orElseThrow().model();
        newest = new ModelVersion(1, model);

        assertThat(source.next(BATCH, BATCH, first)).isSameAs(first);
        newest = new ModelVersion(2, model);
        source.next(2 * BATCH, BATCH, first);
        assertThat(source.status().modelVersion()).isEqualTo(2);
    }

    @Test
    void vectorsAreNotReusedForAVersionWithOtherValues() throws IOException {
        SynthesisModel mixed = learned(ModelFitter.fit(ages(40, ROWS / 2), SynthesisMethod.TREES), ages(60, ROWS / 2));
        newest = new ModelVersion(1, mixed);
        ModelSource source = source();
        RecordBatch used = source.next(0, BATCH, null);

        SynthesisModel later = learned(mixed, ages(60, ROWS));
        newest = new ModelVersion(2, later);
        RecordBatch.Rows next = (RecordBatch.Rows) source.next(BATCH, BATCH, used);

        assertThat(later.schema()).as("a model with relations keeps its schema").isSameAs(mixed.schema());
        assertThat(RowRecords.of(next.rows())).allSatisfy(row -> assertThat((long) row.get("age")).isGreaterThanOrEqualTo(50));
    }

    private static SynthesisModel learned(SynthesisModel model, TableSample rows) {
        return OnlineLearning.learn(model, rows, new Influence.LastRows(ROWS), Instant.EPOCH, Instant.EPOCH).model();
    }

    /** Returns a table in which one column follows from the other. */
    private static TableSample ages(int mean, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("age,region\n");
        for (int row = 0; row < rows; row++) {
            int age = mean - 10 + row * 8 % 21;
            csv.append(age).append(',').append(age % 2 == 0 ? "East" : "West").append('\n');
        }
        return TableReader.read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults());
    }

    @Test
    void aPinnedStreamStaysOnItsVersion() {
        ModelSource source = source(Optional::empty, Conditions.none());
        newest = new ModelVersion(1, fitted("blue"));

        assertThat(colour(source)).isEqualTo("red");
    }

    @Test
    void aVersionThatCannotMeetTheConditionsIsRejectedUntilTheModelIsRecreated() {
        ModelSource source = source(() -> Optional.ofNullable(newest), ConditionParser.parse(Map.of("colour", "red")));
        newest = new ModelVersion(2, fitted("blue"));
        assertThat(colour(source)).isEqualTo("red");
        assertThat(source.status().warning()).startsWith("version 2 is not used: ");

        newest = new ModelVersion(2, fitted("red"));
        assertThat(colour(source)).isEqualTo("red");
        assertThat(source.status()).isEqualTo(new SourceStatus(2L, null));
    }
}
