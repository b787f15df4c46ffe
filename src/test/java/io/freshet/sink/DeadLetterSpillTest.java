package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterSpillTest {

    @TempDir
    Path folder;

    @Test
    void givesLettersBackAsTheyWereOldestFirstAlsoToTheNextProcess() throws IOException {
        DeadLetter keyless = new DeadLetter(new DeadLetter.Address("s", 7, "kafka", "a-topic"),
                new DeadLetter.Cause("too large", 1, Instant.parse("2026-03-01T12:00:00.123Z")), null, new byte[0]);
        DeadLetterSpill spill = DeadLetterSpill.open(folder, 1_000_000);
        spill.add(List.of(letter(1), keyless));
        spill.add(List.of(letter(2)));

        DeadLetterSpill next = DeadLetterSpill.open(folder, 1_000_000);

        assertThat(next.bytes()).isEqualTo(spill.bytes()).isPositive();
        assertThat(next.oldest()).containsExactly(letter(1), keyless);
        next.removeOldest();
        assertThat(next.oldest()).containsExactly(letter(2));
        next.add(List.of(letter(3)));
        next.removeOldest();
        assertThat(next.oldest()).containsExactly(letter(3));
        next.removeOldest();
        assertThat(next.isEmpty()).isTrue();
        assertThat(next.bytes()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLetterGoesOnItsWayAgainWithItsKey() {
        DeadLetter letter = letter(1);

        assertThat(letter.asBatch().envelopes().key(0)).isEqualTo(letter.key()).isNotNull();
        assertThat(letter.asBatch().records().copy(0)).isEqualTo(letter.value());
    }

    @Test
    void takesNoMoreThanItMayAndKeepsWhatItHas() throws IOException {
        DeadLetterSpill spill = DeadLetterSpill.open(folder, 300);
        spill.add(List.of(letter(1), letter(2)));

        assertThatThrownBy(() -> spill.add(LongStream.range(3, 9).mapToObj(DeadLetterSpillTest::letter).toList()))
                .isInstanceOf(IOException.class).hasMessageContaining("full");
        assertThat(found(spill, letter -> true, 100)).containsExactly(letter(1), letter(2));
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void findsAndForgetsThoseThatMatch() throws IOException {
        DeadLetterSpill spill = DeadLetterSpill.open(folder, 1_000_000);
        spill.add(List.of(letter(1), letter(2), letter(3)));
        spill.add(List.of(letter(4)));
        DeadLetterFilter reason = new DeadLetterFilter(java.util.Optional.of("s"), java.util.Optional.of("odd"),
                java.util.Optional.empty());

        assertThat(found(spill, reason::matches, 10)).containsExactly(letter(1), letter(3));
        assertThat(found(spill, reason::matches, 1)).containsExactly(letter(1));
        assertThat(spill.remove(reason::matches)).isEqualTo(2);
        assertThat(found(spill, letter -> true, 10)).containsExactly(letter(2), letter(4));
        assertThat(found(spill, DeadLetterFilter.of(letter(4).id())::matches, 10)).containsExactly(letter(4));
    }

    @Test
    void noMoreAreFoundAtOnceThanFitIntoMemory() {
        FoundLetters found = new FoundLetters(letter -> true, 10);
        DeadLetter large = new DeadLetter(letter(1).address(), letter(1).cause(), null, new byte[40 << 20]);
        found.add(large);
        found.add(letter(2));
        assertThat(found.letters()).containsExactly(large);
    }

    private static DeadLetter letter(long position) {
        return new DeadLetter(new DeadLetter.Address("s", position, "kafka", "a-topic"),
                new DeadLetter.Cause(position % 2 == 0 ? "even" : "odd", 4, Instant.parse("2026-03-01T12:00:00Z")),
                new byte[] { 1, (byte) position }, new byte[] { 0, -1, (byte) position });
    }

    private static List<DeadLetter> found(DeadLetterSpill spill, Predicate<DeadLetter> wanted, int most) throws IOException {
        FoundLetters found = new FoundLetters(wanted, most);
        spill.find(found);
        return found.letters();
    }
}
