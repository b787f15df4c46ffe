package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** The behaviour that every shelf must have, wherever it stores its entries. */
abstract class ShelfContract {

    abstract BlobStore shelf();

    @Test
    void keepsWhatWasWrittenLast() throws IOException {
        Instant before = Instant.now().minusSeconds(1);
        write("b", "one");
        write("a", "x".repeat(1_000_000));
        write("b", "two");

        assertThat(shelf().names()).containsExactly("a", "b");
        assertThat(read("b")).isEqualTo("two");
        assertThat(read("a")).hasSize(1_000_000);
        assertThat(shelf().read("b").orElseThrow().changedAt()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(shelf().read("c")).isEmpty();
        shelf().delete("b");
        assertThat(shelf().read("b")).isEmpty();
    }

    @Test
    void leavesWhatThereIsWhenWritingFails() throws IOException {
        write("a", "whole");

        assertThatThrownBy(() -> shelf().write("a", out -> {
            out.write('h');
            throw new IOException("half");
        })).isInstanceOf(UncheckedIOException.class);

        assertThat(read("a")).isEqualTo("whole");
    }

    @Test
    void writesWhatIsNewOnce() throws IOException {
        assertThat(writeNew("a", "one")).isTrue();
        assertThat(writeNew("a", "two")).isFalse();

        assertThat(read("a")).isEqualTo("one");
    }

    @Test
    void saysWhenEachWasWritten() {
        Instant before = Instant.now().minusSeconds(1);
        write("a", "one");
        writeNew("b", "two");
        write("c", "three");
        shelf().delete("c");

        assertThat(shelf().changes()).containsOnlyKeys("a", "b")
                .allSatisfy((name, time) -> assertThat(time).isBetween(before, Instant.now().plusSeconds(1)));
    }

    @Test
    void onlyTheLastOwnerOfAnEntryWritesIt() throws IOException {
        writeNew("a", "new");
        long first = shelf().claim("a").orElseThrow();
        assertThat(write("a", first, "by the first")).isTrue();

        long second = shelf().claim("a").orElseThrow();

        assertThat(second).isGreaterThan(first);
        assertThat(read("a")).as("a claim changes nothing else").isEqualTo("by the first");
        assertThat(write("a", first, "by the first, late")).isFalse();
        assertThat(write("a", second, "by the second")).isTrue();
        assertThat(write("a", second, "by the second again")).isTrue();
        assertThat(write("a", first, "by the first, later")).isFalse();
        assertThat(read("a")).isEqualTo("by the second again");
    }

    @Test
    void anEntryThatIsDeletedIsNotWrittenByItsOwnerEvenWhenItExistsAgain() throws IOException {
        writeNew("a", "one");
        long before = shelf().claim("a").orElseThrow();
        shelf().delete("a");

        assertThat(write("a", before, "gone")).isFalse();
        assertThat(shelf().read("a")).isEmpty();
        assertThat(shelf().claim("a")).isEmpty();
        writeNew("a", "two");
        long after = shelf().claim("a").orElseThrow();

        assertThat(write("a", before, "gone")).isFalse();
        assertThat(write("a", after, "three")).isTrue();
        assertThat(read("a")).isEqualTo("three");
    }

    @Test
    void severalOwnersAtOnceGetEpochsOfTheirOwn() {
        writeNew("a", "one");

        List<Long> epochs = IntStream.range(0, 32).parallel().mapToObj(i -> shelf().claim("a").orElseThrow()).toList();

        assertThat(epochs).doesNotHaveDuplicates();
        assertThat(epochs.stream().filter(epoch -> write("a", epoch, "mine"))).containsExactly(Collections.max(epochs));
    }

    private boolean write(String name, long epoch, String text) {
        return shelf().write(name, epoch, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    void write(String name, String text) {
        shelf().write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean writeNew(String name, String text) {
        return shelf().writeNew(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(String name) throws IOException {
        try (InputStream in = shelf().read(name).orElseThrow().contents()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
