package io.freshet.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.deadletter.channel.DeadLetterPage;
import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;

class DeadLetterSpoolTest {

    @TempDir
    Path folder;

    @Test
    void givesLettersBackAsTheyWereOldestFirstAlsoToTheNextProcess() throws IOException {
        DeadLetter keyless = new DeadLetter(new DeadLetter.Address("s", 7, "kafka", "kafka", "a-topic"),
                new DeadLetter.Cause(FailureCode.REJECTED, "too large", 1, Instant.parse("2026-03-01T12:00:00.123Z")), null,
                new byte[0]);
        DeadLetterSpool spill = DeadLetterSpool.open(folder, 1_000_000);
        spill.add(List.of(letter(1), keyless));
        spill.add(List.of(letter(2)));

        DeadLetterSpool next = DeadLetterSpool.open(folder, 1_000_000);

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
    void keepsHeadersTimesAndTombstones() throws IOException {
        DeadLetter tombstone = new DeadLetter(letter(1).address(), letter(1).cause(),
                new DeadLetter.Content(new byte[] { 1 }, null,
                        Headers.of(List.of(Headers.Header.of("trace", "a"), new Headers.Header("empty", null))),
                        OptionalLong.of(1_600_000_000_000L)));
        DeadLetterSpool.open(folder, 1_000_000).add(List.of(tombstone));

        DeadLetter read = DeadLetterSpool.open(folder, 1_000_000).oldest().get(0);
        assertThat(read).isEqualTo(tombstone);
        assertThat(read.id()).isEqualTo(tombstone.id());
        assertThat(read.isTombstone()).isTrue();
    }

    @Test
    void readsFilesOfTheFirstVersion() throws IOException {
        try (DataOutputStream out = new DataOutputStream(
                Files.newOutputStream(folder.resolve("0000000000000000000.letters")))) {
            for (String sink : List.of("kafka-2", "orders")) {
                out.writeUTF("s");
                out.writeLong(3);
                out.writeUTF(sink);
                out.writeUTF("a-topic");
                out.writeUTF("odd");
                out.writeInt(4);
                out.writeLong(1_600_000_000_000L);
                out.writeInt(-1);
                out.writeInt(2);
                out.write(new byte[] { 5, 6 });
            }
        }

        List<DeadLetter> letters = DeadLetterSpool.open(folder, 1_000_000).oldest();
        assertThat(letters).extracting(letter -> letter.address().kind()).containsExactly("kafka", "");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.value()).containsExactly(5, 6);
            assertThat(letter.key()).isNull();
            assertThat(letter.cause().code()).isEqualTo(FailureCode.UNKNOWN);
        });
    }

    @Test
    void aLetterGoesOnItsWayAgainWithItsKey() {
        DeadLetter letter = letter(1);

        assertThat(letter.asBatch().headers().key(0)).isEqualTo(letter.key()).isNotNull();
        assertThat(letter.asBatch().records().copy(0)).isEqualTo(letter.value());
    }

    @Test
    void takesNoMoreThanItMayAndKeepsWhatItHas() throws IOException {
        DeadLetterSpool spill = DeadLetterSpool.open(folder, 300);
        spill.add(List.of(letter(1), letter(2)));

        assertThatThrownBy(() -> spill.add(LongStream.range(3, 9).mapToObj(DeadLetterSpoolTest::letter).toList()))
                .isInstanceOf(IOException.class).hasMessageContaining("full");
        assertThat(found(spill, letter -> true, 100)).containsExactly(letter(1), letter(2));
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void findsAndForgetsThoseThatMatch() throws IOException {
        DeadLetterSpool spill = DeadLetterSpool.open(folder, 1_000_000);
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
    void lettersOnHoldStayWhereTheyAreAndLetOthersPass() throws IOException {
        DeadLetterSpool spill = DeadLetterSpool.open(folder, 1_000_000);
        spill.add(List.of(letter(1), letter(2)));
        spill.holdOldest(List.of(letter(2)));
        spill.add(List.of(letter(3)));

        assertThat(spill.onHold()).isEqualTo(1);
        assertThat(spill.oldest()).containsExactly(letter(3));
        spill.removeOldest();
        assertThat(spill.isEmpty()).isTrue();
        assertThat(spill.oldest()).isEmpty();
        assertThat(found(spill, letter -> true, 10)).containsExactly(letter(2));
        spill.release();
        assertThat(spill.oldest()).containsExactly(letter(2));
        assertThat(spill.remove(letter -> true)).isEqualTo(1);
        assertThat(spill.bytes()).isZero();
    }

    @Test
    void noMoreAreFoundAtOnceThanFitIntoMemory() {
        DeadLetterPage found = new DeadLetterPage(letter -> true, 10);
        DeadLetter large = new DeadLetter(letter(1).address(), letter(1).cause(), null, new byte[40 << 20]);
        found.add(large);
        found.add(letter(2));
        assertThat(found.letters()).containsExactly(large);
    }

    private static DeadLetter letter(long position) {
        return new DeadLetter(new DeadLetter.Address("s", position, "kafka", "kafka", "a-topic"),
                new DeadLetter.Cause(FailureCode.REJECTED, position % 2 == 0 ? "even" : "odd", 4,
                        Instant.parse("2026-03-01T12:00:00Z")),
                new byte[] { 1, (byte) position }, new byte[] { 0, -1, (byte) position });
    }

    private static List<DeadLetter> found(DeadLetterSpool spill, Predicate<DeadLetter> wanted, int max) throws IOException {
        DeadLetterPage found = new DeadLetterPage(wanted, max);
        spill.find(found);
        return found.letters();
    }
}
