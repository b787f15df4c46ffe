package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;

/** What every shelf is to do, wherever it is. */
abstract class ShelfContract {

    abstract Shelf shelf();

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
