package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters where there is no Kafka. */
class DeadLettersTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void recordsThatComeFromTheSameOneAtOnceAreLettersOfTheirOwn() {
        DeadLetters letters = letters(Optional.of(folder), Optional.empty());
        letters.keep(IntStream.range(0, 40).mapToObj(i -> letter("result " + i)).toList()).toCompletableFuture().join();

        List<DeadLetter> found = letters.find(DeadLetterFilter.ALL, 100);
        assertThat(found).hasSize(40).extracting(DeadLetter::id).doesNotHaveDuplicates();
        assertThat(letters.find(DeadLetterFilter.of(found.get(7).id()), 1)).containsExactly(letter("result 7"));

        assertThat(letters.purge(DeadLetterFilter.of(found.get(7).id()))).isEqualTo(1);
        List<DeadLetter> delivered = new ArrayList<>();
        assertThat(letters.replay(DeadLetterFilter.ALL, letter -> !letter.equals(found.get(9)) && delivered.add(letter)))
                .isEqualTo(38);
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
        letters.keep(List.of(letter("a"))).toCompletableFuture().join();
        letters.stop();

        DeadLetters next = letters(Optional.empty(), Optional.of(folder));
        assertThat(next.find(DeadLetterFilter.ALL, 10)).containsExactly(letter("a"));
        next.stop();
        assertThat(folder.resolve("dead-letters")).isNotEmptyDirectory();
    }

    @Test
    void aFolderOfTheirOwnComesBeforeThatOfTheStore() {
        DeadLetters letters = letters(Optional.of(folder.resolve("own")), Optional.of(folder.resolve("store")));
        letters.keep(List.of(letter("a"))).toCompletableFuture().join();
        letters.stop();

        assertThat(folder.resolve("own")).isNotEmptyDirectory();
        assertThat(folder.resolve("store")).doesNotExist();
    }

    private static DeadLetter letter(String value) {
        return letter(null, value);
    }

    private static DeadLetter letter(String key, String value) {
        return new DeadLetter(new DeadLetter.Address("s", 7, "checkpoint", ""), new DeadLetter.Cause("odd", 1, TIME),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private static DeadLetters letters(Optional<Path> folder, Optional<Path> store) {
        return new DeadLetters(new InFolder(folder), store, null, new KafkaConnection(Map.of(), Map.of(), Optional.empty()));
    }

    private record InFolder(Optional<Path> folder) implements DeadLetterConfig {

        @Override
        public String topic() {
            return "letters";
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
