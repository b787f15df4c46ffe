package io.freshet.source.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.source.model.ModelVersion;
import io.freshet.table.Notice;

@Timeout(60)
class TwinLearnerTest {

    private static final int LARGE = 1 << 20;

    private final Latest model = new Latest();

    /** Keeps the last model in memory. */
    private static final class Latest implements LearningModel {
        private volatile @Nullable ModelVersion version;
        private volatile List<Notice> notices = List.of();

        @Override
        public Optional<ModelVersion> newest() {
            return Optional.ofNullable(version);
        }

        @Override
        public void fitted(SynthesisModel model, Duration took, List<Notice> found) {
            notices = found;
            version = new ModelVersion(1, model);
        }

        @Override
        public void learn(Step step) {
            throw new AssertionError("it is to be fitted first");
        }
    }

    private TwinLearner learner(int minRows) {
        return learner(minRows, new Influence.Weight(.1));
    }

    private TwinLearner learner(int minRows, Influence influence) {
        TwinLearner learner = new TwinLearner(
                new TwinLearner.Settings(influence, SynthesisMethod.GAUSSIAN_COPULA, minRows, 1_000, Duration.ofHours(1)),
                model, "test");
        learner.start();
        return learner;
    }

    private static byte[] row(int number, int size) {
        return ("{\"number\":" + number + ",\"text\":\"" + "x".repeat(size) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstModelIsFittedToTheMinimumNumberOfRows() {
        try (TwinLearner learner = learner(20)) {
            for (int i = 0; i < 19; i++) {
                learner.add(row(i, 5));
            }
            await().during(Duration.ofMillis(300)).until(() -> model.newest().isEmpty());
            learner.add(row(19, 5));

            await().until(() -> model.newest().isPresent());
        }
    }

    @Test
    void theNoticesOfTheFitGoWithTheModel() {
        try (TwinLearner learner = learner(1)) {
            learner.add(row(0, 5));

            await().until(() -> model.newest().isPresent());
            assertThat(model.notices).extracting(Notice::message).anyMatch(text -> text.contains("one row"));
        }
    }

    @Test
    void rowsThatAreTooLargeForSoManyMakeTheFirstModel() {
        try (TwinLearner learner = learner(50_000)) {
            for (int i = 0; i < 32; i++) {
                learner.add(row(i, LARGE));
            }

            await().until(() -> model.newest().isPresent() && !learner.isFull());
        }
    }

    @Test
    void doesNotWaitForMoreRowsThanItCanHold() {
        try (TwinLearner learner = learner(Integer.MAX_VALUE)) {
            for (int i = 0; i < 50_000; i++) {
                learner.add(row(i, 5));
            }

            await().until(() -> model.newest().isPresent() && !learner.isFull());
        }
    }

    @Test
    void ofRowsThatAccumulatedOnlyTheWindowIsLearned() {
        try (TwinLearner learner = learner(300, new Influence.LastRows(100))) {
            for (int i = 0; i < 300; i++) {
                learner.add(row(i, 5));
            }

            await().until(() -> model.newest().isPresent());
            assertThat(model.newest().orElseThrow().model().fittedRows()).isEqualTo(100);
        }
    }
}
