package io.freshet.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.deadletter.channel.DeadLetterChannel;
import io.freshet.deadletter.channel.DeadLetterConfig;
import io.freshet.deadletter.channel.DeadLetterTopic;
import io.freshet.kafka.KafkaConnection;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;
import io.freshet.sink.channel.OutgoingChannels;
import io.smallrye.reactive.messaging.providers.DefaultEmitterConfiguration;
import io.smallrye.reactive.messaging.providers.extension.EmitterImpl;

/** Dead letters without Kafka. */
class DeadLettersTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void recordsThatComeFromTheSameOneAtOnceAreLettersOfTheirOwn() {
        DeadLetters letters = letters(Optional.of(folder), Optional.empty());
        letters.publish(IntStream.range(0, 40).mapToObj(i -> letter("result " + i)).toList()).toCompletableFuture().join();

        List<DeadLetter> found = letters.find(DeadLetterFilter.ALL, 100);
        assertThat(found).hasSize(40).extracting(DeadLetter::id).doesNotHaveDuplicates();
        assertThat(letters.find(DeadLetterFilter.of(found.get(7).id()), 1)).containsExactly(letter("result 7"));

        assertThat(letters.purge(DeadLetterFilter.of(found.get(7).id()))).isEqualTo(1);
        List<DeadLetter> delivered = new ArrayList<>();
        ReplayProgress progress = new ReplayProgress();
        assertThat(
                letters.replay(DeadLetterFilter.ALL, letter -> outcome(!letter.equals(found.get(9)) && delivered.add(letter)),
                        progress))
                .isEqualTo(38);
        assertThat(progress.counts()).isEqualTo(new ReplayProgress.Counts(39, 38, 0, 1, "not accepted"));
        assertThat(delivered).hasSize(38).doesNotContain(found.get(7));
        assertThat(letters.find(DeadLetterFilter.ALL, 100)).containsExactly(found.get(9));
        letters.stop();
    }

    @Test
    void aLetterHasTheSameIdHoweverOftenItIsMadeAndTellsItsKeyFromItsValue() {
        assertThat(letter("a").id()).isEqualTo(letter("a").id()).isNotEqualTo(letter("b").id());
        assertThat(letter("a", "bc").id()).isNotEqualTo(letter("ab", "c").id()).isNotEqualTo(letter("abc").id());
    }

    @Test
    void lettersOutliveTheProcessWherePositionsDo() {
        DeadLetters letters = letters(Optional.empty(), Optional.of(folder));
        letters.publish(List.of(letter("a"))).toCompletableFuture().join();
        letters.stop();

        DeadLetters next = letters(Optional.empty(), Optional.of(folder));
        assertThat(next.find(DeadLetterFilter.ALL, 10)).containsExactly(letter("a"));
        next.stop();
        assertThat(folder.resolve("dead-letters")).isNotEmptyDirectory();
    }

    @Test
    void aFolderOfTheirOwnComesBeforeThatOfTheStore() {
        DeadLetters letters = letters(Optional.of(folder.resolve("own")), Optional.of(folder.resolve("store")));
        letters.publish(List.of(letter("a"))).toCompletableFuture().join();
        letters.stop();

        assertThat(folder.resolve("own")).isNotEmptyDirectory();
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void aTemporaryFolderIsDeletedWhenItsProcessEndsOrWasKilled() throws IOException {
        Path abandoned = Files.createDirectory(folder.resolve("freshet-dead-letters-1"));
        Files.createFile(abandoned.resolve("owner.lock"));
        Files.createFile(abandoned.resolve("0.letters"));
        Path others = Files.createDirectory(folder.resolve("freshet-dead-letters-2"));
        TemporaryLetterFolder first = TemporaryLetterFolder.create(folder);
        Files.createFile(first.path().resolve("0.letters"));
        TemporaryLetterFolder second = TemporaryLetterFolder.create(folder);

        assertThat(folder).isDirectoryContaining(path -> path.equals(first.path()))
                .isDirectoryContaining(path -> path.equals(second.path()))
                .isDirectoryContaining(path -> path.equals(others))
                .isDirectoryNotContaining(path -> path.equals(abandoned));
        first.close();
        second.close();
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(others));
    }

    @Test
    void aReplayIsRefusedWhileAnotherOneRunsAndHoldsUpNoNewLetters() {
        DeadLetters letters = letters(Optional.of(folder), Optional.empty());
        letters.publish(List.of(letter("a"))).toCompletableFuture().join();

        int delivered = letters.replay(DeadLetterFilter.ALL, first -> {
            letters.publish(List.of(letter("b"))).toCompletableFuture().join();
            assertThat(letters.find(DeadLetterFilter.ALL, 10)).contains(letter("b"));
            assertThatThrownBy(
                    () -> CompletableFuture.supplyAsync(() -> letters.replay(DeadLetterFilter.ALL,
                            more -> LetterOutcome.DELIVERED, new ReplayProgress())).join())
                    .hasCauseInstanceOf(UncheckedIOException.class).hasMessageContaining("another replay");
            return LetterOutcome.DELIVERED;
        }, new ReplayProgress());

        assertThat(delivered).isEqualTo(2);
        letters.stop();
    }

    @Test
    void theNewestLettersComeFirst() {
        DeadLetters letters = letters(Optional.of(folder), Optional.empty());
        List<DeadLetter> all = IntStream.range(0, 30).mapToObj(i -> letter("v" + i, Instant.EPOCH.plusSeconds(i))).toList();
        letters.publish(all).toCompletableFuture().join();

        assertThat(letters.newest(DeadLetterFilter.ALL, 2)).containsExactly(all.get(29), all.get(28));
        assertThat(letters.find(DeadLetterFilter.ALL, 2)).containsExactly(all.get(0), all.get(1));
        letters.stop();
    }

    @Test
    void aLetterWhoseRecordAStageDropsIsNoLetterAnyMore() {
        DeadLetters letters = letters(Optional.of(folder), Optional.empty());
        letters.publish(List.of(letter("a"))).toCompletableFuture().join();
        ReplayProgress progress = new ReplayProgress();

        letters.replay(DeadLetterFilter.ALL, letter -> LetterOutcome.dropped("filter-1"), progress);

        assertThat(progress.counts()).isEqualTo(new ReplayProgress.Counts(1, 0, 1, 0, ""));
        assertThat(letters.find(DeadLetterFilter.ALL, 10)).isEmpty();
        letters.stop();
    }

    private static LetterOutcome outcome(boolean delivered) {
        return delivered ? LetterOutcome.DELIVERED : LetterOutcome.remains("not accepted");
    }

    private static DeadLetter letter(String value) {
        return letter(null, value);
    }

    private static DeadLetter letter(String value, Instant time) {
        return new DeadLetter(new DeadLetter.Address("s", 7, "checkpoint", DeadLetter.STAGE, ""),
                new DeadLetter.Cause(FailureCode.REJECTED, "odd", 1, time), null, value.getBytes(StandardCharsets.UTF_8));
    }

    private static DeadLetter letter(String key, String value) {
        return new DeadLetter(new DeadLetter.Address("s", 7, "checkpoint", DeadLetter.STAGE, ""),
                new DeadLetter.Cause(FailureCode.REJECTED, "odd", 1, TIME),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private static DeadLetters letters(Optional<Path> folder, Optional<Path> store) {
        KafkaConnection none = new KafkaConnection(Map.of(), Map.of(), Optional.empty());
        DeadLetterConfig config = new InFolder(folder);
        return new DeadLetters(config, store,
                new DeadLetterChannel(new EmitterImpl<>(new DefaultEmitterConfiguration(), 1),
                        new OutgoingChannels(null, ConfigProvider.getConfig()), none,
                        new DeadLetterTopic(none, config), config),
                none);
    }

    private record InFolder(Optional<Path> folder) implements DeadLetterConfig {

        @Override
        public String topic() {
            return "letters";
        }

        @Override
        public boolean connectHeaders() {
            return false;
        }

        @Override
        public long mostBytes() {
            return 1_000_000;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration drainEvery() {
            return Duration.ofSeconds(1);
        }
    }
}
