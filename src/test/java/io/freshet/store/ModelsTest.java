package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.model.ConditionParser;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

@Timeout(60)
class ModelsTest {

    @TempDir
    Path folder;

    private Models models() {
        return new Models(BlobStores.of(Optional.of(folder)));
    }

    private static TableSample rows(String colour, int share) {
        String csv = "colour,size\n" + IntStream.range(0, 100).mapToObj(i -> (i < share ? colour : "grey") + "," + i % 10)
                .collect(Collectors.joining("\n"));
        try {
            return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    ReadOptions.defaults());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SynthesisModel fit(String colour, int share) {
        return ModelFitter.fit(rows(colour, share), SynthesisMethod.GAUSSIAN_COPULA);
    }

    private static double share(StoredModel stored, String colour) {
        return stored.model().probability(ConditionParser.parse(Map.of("colour", colour)));
    }

    @Test
    void aModelThatCannotBeWrittenDoesNotExist() throws IOException {
        Models models = models();
        models.put("kept", fit("red", 50), Duration.ZERO);
        Path away = Files.move(folder.resolve("models"), folder.resolve("away"));

        assertThatThrownBy(() -> models.put("new", fit("red", 50), Duration.ZERO)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> models.put("kept", fit("blue", 50), Duration.ZERO)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(
                () -> models.update("kept", stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 40), .5)))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(models.list()).extracting(StoredModel::name, StoredModel::version).containsExactly(tuple("kept", 1L));
        Files.move(away, folder.resolve("models"));
        assertThat(models.put("kept", fit("blue", 50), Duration.ZERO).version()).isEqualTo(2);
    }

    @Test
    void versionsAndDriftOutliveTheProcess() {
        Models before = models();
        before.put("a", fit("red", 50), Duration.ofMillis(7));
        before.update("a", stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 40), .5));
        StoredModel last = before.update("a", stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 80), .5))
                .orElseThrow();

        Models after = models();

        StoredModel restored = after.find("a").orElseThrow();
        assertThat(restored.version()).isEqualTo(3);
        assertThat(restored.fittedAt()).isEqualTo(last.fittedAt());
        assertThat(restored.fitTime()).isEqualTo(last.fitTime());
        assertThat(restored.drift()).isEqualTo(last.drift()).isNotEmpty();
        assertThat(share(restored, "blue")).isEqualTo(share(last, "blue"));
        StoredModel next = after.update("a", stored -> OnlineLearning.partialFit(stored.model(), rows("red", 100), .5))
                .orElseThrow();
        assertThat(next.version()).isEqualTo(4);
        assertThat(share(next, "red")).isEqualTo(share(before.update("a",
                stored -> OnlineLearning.partialFit(stored.model(), rows("red", 100), .5)).orElseThrow(), "red"));
    }

    @Test
    void windowsGoOnWhereTheyWereAfterARestart() {
        Influence window = new Influence.LastRows(250);
        Models before = models();
        before.put("a", fit("red", 50), Duration.ZERO);
        before.update("a",
                stored -> OnlineLearning.learn(stored.model(), rows("blue", 100), window, Instant.EPOCH, Instant.EPOCH));
        before.update("a",
                stored -> OnlineLearning.learn(stored.model(), rows("green", 100), window, Instant.EPOCH, Instant.EPOCH));

        StoredModel next = models().update("a",
                stored -> OnlineLearning.learn(stored.model(), rows("red", 100), window, Instant.EPOCH, Instant.EPOCH))
                .orElseThrow();

        assertThat(next.version()).isEqualTo(4);
        assertThat(share(next, "red")).isCloseTo(.4, within(1e-9));
        assertThat(share(next, "green")).isCloseTo(.4, within(1e-9));
        assertThat(share(next, "blue")).isCloseTo(.2, within(1e-9));
    }

    @Test
    void whatOthersWroteIsReadAndWhatItWroteItselfIsNot() throws IOException {
        Models models = models();
        models.put("own", fit("red", 50), Duration.ZERO);
        Path file = folder.resolve("models").resolve("own.json");
        FileTime written = Files.getLastModifiedTime(file);
        Models others = models();
        others.put("own", fit("red", 60), Duration.ZERO);
        others.put("theirs", fit("red", 70), Duration.ZERO);
        // the file looks unchanged since the last write
        Files.setLastModifiedTime(file, written);

        models.refresh();
        assertThat(models.find("theirs")).isPresent();
        assertThat(models.find("own").orElseThrow().version()).as("it was not read").isEqualTo(1);
        Files.setLastModifiedTime(file, FileTime.fromMillis(written.toMillis() + 1));
        models.refresh();
        assertThat(models.find("own").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void updatesAtOnceLoseNothing() throws Exception {
        Models models = models();
        models.put("a", fit("red", 50), Duration.ZERO);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch go = new CountDownLatch(1);
        try {
            var all = IntStream.range(0, 12).<Future<?>> mapToObj(i -> threads.submit(() -> {
                go.await();
                return models.update("a", stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 100), .1));
            })).toList();
            go.countDown();
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        StoredModel stored = models.find("a").orElseThrow();
        assertThat(stored.version()).isEqualTo(13);
        assertThat(1 - share(stored, "blue")).isCloseTo(Math.pow(.9, 12), within(1e-9));
        assertThat(models().find("a").orElseThrow().version()).isEqualTo(13);
    }

    @Test
    void aModelThatIsFittedAnewWhileAnUpdateLearnsIsWhatLearns() {
        Models models = models();
        models.put("a", fit("red", 50), Duration.ZERO);
        boolean[] replaced = new boolean[1];

        StoredModel updated = models.update("a", stored -> {
            if (!replaced[0]) {
                replaced[0] = true;
                models.put("a", fit("green", 80), Duration.ZERO);
            }
            return OnlineLearning.partialFit(stored.model(), rows("blue", 100), .25);
        }).orElseThrow();

        assertThat(updated.version()).isEqualTo(3);
        assertThat(share(updated, "blue")).isCloseTo(.25, within(1e-9));
        assertThat(share(updated, "green")).isCloseTo(.6, within(1e-9));
    }

    @Test
    void whatIsNotThereCannotLearn() {
        assertThat(models().update("nobody", stored -> OnlineLearning.partialFit(stored.model(), rows("red", 1), .5)))
                .isEmpty();
    }
}
