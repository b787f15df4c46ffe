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
import java.util.List;
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
import io.freshet.model.VersionEntry;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.VersionHistory;
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
                () -> models.update("kept", Cause.PARTIAL_FIT,
                        stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 40), .5)))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(models.list()).extracting(StoredModel::name, StoredModel::version).containsExactly(tuple("kept", 1L));
        Files.move(away, folder.resolve("models"));
        assertThat(models.put("kept", fit("blue", 50), Duration.ZERO).version()).isEqualTo(2);
    }

    @Test
    void versionsAndDriftOutliveTheProcess() {
        Models before = models();
        before.put("a", fit("red", 50), Duration.ofMillis(7));
        before.update("a", Cause.PARTIAL_FIT, stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 40), .5));
        StoredModel last = before
                .update("a", Cause.PARTIAL_FIT, stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 80), .5))
                .orElseThrow();

        Models after = models();

        StoredModel restored = after.find("a").orElseThrow();
        assertThat(restored.version()).isEqualTo(3);
        assertThat(restored.fittedAt()).isEqualTo(last.fittedAt());
        assertThat(restored.fitTime()).isEqualTo(last.fitTime());
        assertThat(restored.drift()).isEqualTo(last.drift()).isNotEmpty();
        assertThat(share(restored, "blue")).isEqualTo(share(last, "blue"));
        StoredModel next = after
                .update("a", Cause.PARTIAL_FIT, stored -> OnlineLearning.partialFit(stored.model(), rows("red", 100), .5))
                .orElseThrow();
        assertThat(next.version()).isEqualTo(4);
        assertThat(share(next, "red")).isEqualTo(share(before.update("a", Cause.PARTIAL_FIT,
                stored -> OnlineLearning.partialFit(stored.model(), rows("red", 100), .5)).orElseThrow(), "red"));
    }

    @Test
    void theHistoryOfVersionsOutlivesTheProcess() {
        Models before = models();
        before.put("a", fit("red", 50), Duration.ZERO);
        before.update("a", Cause.PARTIAL_FIT, stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 100), .5));
        before.update("a", Cause.TWIN, stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 100), .5));

        Models after = models();
        after.put("a", fit("green", 50), Duration.ZERO, List.of(), Cause.IMPORT);

        List<VersionEntry> entries = after.find("a").orElseThrow().history().entries();
        assertThat(entries).extracting(VersionEntry::version, VersionEntry::cause, VersionEntry::rows).containsExactly(
                tuple(1L, Cause.FIT, 100L), tuple(2L, Cause.PARTIAL_FIT, 100L), tuple(3L, Cause.TWIN, 100L),
                tuple(4L, Cause.IMPORT, null));
        assertThat(entries).filteredOn(entry -> entry.drift() == null).extracting(VersionEntry::version)
                .containsExactly(1L, 4L);
        VersionEntry.DriftSummary drift = entries.get(1).drift();
        assertThat(drift.furthest().name()).isEqualTo("colour");
        assertThat(drift.furthest().distance()).isCloseTo(.5, within(.01));
        assertThat(drift.mean()).isCloseTo(.25, within(.01));
        assertThat(entries).last().extracting(VersionEntry::fittedAt).isEqualTo(after.find("a").orElseThrow().fittedAt());
    }

    @Test
    void ofAModelOfAnEarlierReleaseOnlyTheCurrentVersionIsKnown() throws IOException {
        Models before = models();
        before.put("a", fit("red", 50), Duration.ZERO);
        before.update("a", Cause.PARTIAL_FIT, stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 40), .5));
        Path file = folder.resolve("models").resolve("a.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst(",\\s*\"history\"\\s*:\\s*\\[(\\{.*?\\}\\}\\})\\]", ""));

        Models after = models();

        assertThat(Files.readString(file)).isNotEqualTo(text);
        assertThat(after.find("a").orElseThrow().history().entries())
                .extracting(VersionEntry::version, VersionEntry::cause, entry -> entry.drift().furthest().name())
                .containsExactly(tuple(2L, null, "colour"));
    }

    @Test
    void theHistoryOfAModelIsBounded() {
        VersionHistory history = VersionHistory.EMPTY;
        for (int version = 1; version <= 2 * VersionHistory.MAX_ENTRIES; version++) {
            history = history.with(new VersionEntry(version, Instant.EPOCH, Cause.TWIN, 1L, "trees", null));
        }

        assertThat(history.entries()).hasSize(VersionHistory.MAX_ENTRIES).last().extracting(VersionEntry::version)
                .isEqualTo(2L * VersionHistory.MAX_ENTRIES);
    }

    @Test
    void windowsGoOnWhereTheyWereAfterARestart() {
        Influence window = new Influence.LastRows(250);
        Models before = models();
        before.put("a", fit("red", 50), Duration.ZERO);
        before.update("a", Cause.PARTIAL_FIT,
                stored -> OnlineLearning.learn(stored.model(), rows("blue", 100), window, Instant.EPOCH, Instant.EPOCH));
        before.update("a", Cause.PARTIAL_FIT,
                stored -> OnlineLearning.learn(stored.model(), rows("green", 100), window, Instant.EPOCH, Instant.EPOCH));

        StoredModel next = models().update("a", Cause.PARTIAL_FIT,
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
                return models.update("a", Cause.PARTIAL_FIT,
                        stored -> OnlineLearning.partialFit(stored.model(), rows("blue", 100), .1));
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

        StoredModel updated = models.update("a", Cause.PARTIAL_FIT, stored -> {
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
        assertThat(models().update("nobody", Cause.PARTIAL_FIT,
                stored -> OnlineLearning.partialFit(stored.model(), rows("red", 1), .5)))
                .isEmpty();
    }
}
