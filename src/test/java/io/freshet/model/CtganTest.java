package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.gan.GanParameters;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.report.ModelSummary;
import io.freshet.table.TableException;
import io.freshet.table.TableSample;

class CtganTest {

    private static final TableSample TABLE = SampleTables.mixed(2_000);
    private static final GanOptions SMALL = GanParameters.parse(Map.of("epochs", "8", "batch_size", "100", "generator_dim",
            "32,32", "discriminator_dim", "32,32", "embedding_dim", "16", "generator_lr", "2e-3", "discriminator_lr", "2e-3"));
    private static final SynthesisModel MODEL = fit(SMALL, FitMonitor.NONE);

    private static SynthesisModel fit(GanOptions options, FitMonitor monitor) {
        return ModelFitter.fit(TABLE, SynthesisMethod.CTGAN, FitOptions.defaults().withTraining(options, monitor));
    }

    private static String rows(SynthesisModel model) {
        DrawnRows rows = DrawnRows.of(model, 4, Conditions.none(), 100, 100);
        return text(rows);
    }

    private static String text(DrawnRows rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append(row(rows, i)).append('\n');
        }
        return text.toString();
    }

    private static String row(DrawnRows rows, int i) {
        return rows.number("age", i) + "," + rows.number("income", i) + "," + rows.text("region", i) + ","
                + rows.text("fraud", i);
    }

    private static byte[] file(SynthesisModel model, boolean learning) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(new ModelFile.Contents(model, learning
                ? Optional.of(new ModelOrigin(1, Instant.EPOCH, Duration.ZERO, List.of()))
                : Optional.empty()), out);
        return out.toByteArray();
    }

    @Test
    void aRowIsTheSameAloneAndInABlock() {
        DrawnRows together = DrawnRows.of(MODEL, 4, Conditions.none(), 0, 150);
        for (int row = 0; row < 150; row += 37) {
            DrawnRows alone = DrawnRows.of(MODEL, 4, Conditions.none(), row, 1);
            assertThat(row(alone, 0)).isEqualTo(row(together, row));
        }
    }

    @Test
    void theSameSeedTrainsTheSameModel() throws IOException {
        assertThat(file(fit(SMALL, FitMonitor.NONE), true)).isEqualTo(file(MODEL, true));
    }

    @Test
    void aFileKeepsTheModel() throws IOException {
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file(MODEL, true)));
        assertThat(rows(read)).isEqualTo(rows(MODEL));
        assertThat(file(read, true)).isEqualTo(file(MODEL, true));
        assertThat(ModelSummary.of(read)).isEqualTo(ModelSummary.of(MODEL));
        assertThat(file(MODEL, false).length).isLessThan(file(MODEL, true).length);
    }

    @Test
    void aFileMatchesItsSchema() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = Objects.requireNonNull(
                CtganTest.class.getResourceAsStream("/META-INF/resources/schemas/model-2.json"))) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(mapper.readTree(in))
                    .validate(mapper.readTree(file(MODEL, true)))).isEmpty();
        }
    }

    @Test
    void everyMachineDrawsTheSameRows() {
        assertThat(DrawnRows.of(MODEL, 9, Conditions.none(), 5, 100).digest()).isEqualTo("91a0104cdc09baef");
    }

    @Test
    void everyRowSatisfiesTheConditions() {
        for (ConditionsTest.Case one : ConditionsTest.CASES) {
            DrawnRows rows = DrawnRows.of(MODEL, 3, ConditionParser.parse(one.json()), 0, 20);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(one.holds().test(rows, i)).as("%s, row %d", one.json(), i).isTrue();
            }
            assertThat(MODEL.probability(ConditionParser.parse(one.json()))).as("%s", one.json()).isBetween(1e-12, 1.0);
        }
    }

    @Test
    void theProbabilityOfANameIsItsShareInTheTable() {
        double share = 0;
        for (ColumnSummary column : ModelSummary.of(MODEL).columns()) {
            share = column.name().equals("region") ? column.shares().get("West") * (1 - column.missing()) : share;
        }
        assertThat(MODEL.probability(ConditionParser.parse(Map.of("region", "West")))).isCloseTo(share, within(1e-9));
    }

    @Test
    void aCheckpointContinuesToTheSameModel() throws IOException {
        List<byte[]> checkpoints = new ArrayList<>();
        assertThatThrownBy(() -> fit(SMALL, new FitMonitor() {
            private int epoch;

            @Override
            public void progress(FitProgress progress) {
                epoch = progress.epoch();
            }

            @Override
            public boolean isCancelled() {
                return epoch == 3;
            }

            @Override
            public void checkpoint(Checkpoint checkpoint) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    checkpoint.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                checkpoints.add(out.toByteArray());
            }
        })).isInstanceOf(FitMonitor.CancelledException.class);
        List<Integer> epochs = new ArrayList<>();
        SynthesisModel resumed = fit(SMALL, new FitMonitor() {
            @Override
            public void progress(FitProgress progress) {
                epochs.add(progress.epoch());
            }

            @Override
            public byte @Nullable [] restored() {
                return checkpoints.get(checkpoints.size() - 1);
            }
        });
        assertThat(epochs).containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(file(resumed, true)).isEqualTo(file(MODEL, true));
    }

    @Test
    void aLimitOfTimeEndsTrainingAndIsSaid() {
        GanOptions bounded = GanParameters.parse(Map.of("epochs", "100000", "batch_size", "100", "max_seconds", "0.01"));
        FittedModel fitted = ModelFitter.fitted(TABLE, SynthesisMethod.CTGAN,
                FitOptions.defaults().withTraining(bounded, FitMonitor.NONE));
        assertThat(FitNotices.of(TABLE, fitted)).anyMatch(notice -> notice.message().contains("of 100000 epochs"));
    }

    @Test
    void aTrainingThatNeedsMoreThanHalfOfTheHeapIsRefused() {
        GanOptions huge = GanParameters.parse(Map.of("generator_dim", "60000,60000"));
        assertThatThrownBy(() -> fit(huge, FitMonitor.NONE)).isInstanceOf(TableException.class)
                .hasMessageContaining("more than half of the heap");
    }

    @Test
    void anUpdateGoesOnTrainingWithReplayedRows() {
        PartialFit fit = OnlineLearning.partialFit(MODEL, SampleTables.mixed(500), .5);
        assertThat(fit.model().method()).isEqualTo(SynthesisMethod.CTGAN);
        assertThat(fit.model().fittedRows()).isEqualTo(2_500);
        assertThat(fit.drift()).isNotEmpty();
        assertThat(OnlineLearning.partialFit(MODEL, SampleTables.mixed(500), 0).drift())
                .allMatch(column -> column.distance() == 0);
    }
}
