package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.store.StageStates.State;

class StageStatesTest {

    private static final byte[] BYTES = { 1, 2, 3 };

    @TempDir
    Path folder;

    private StageStates states() {
        return new StageStates(BlobStores.of(Optional.of(folder)));
    }

    private Path file() {
        return folder.resolve("stages").resolve("a.state");
    }

    /** Writes the format of version 1, with a given length. */
    private void writeFirstVersion(long position, int length) throws IOException {
        Files.createDirectories(folder.resolve("stages"));
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file()))) {
            out.writeInt(1);
            out.writeLong(position);
            out.writeBoolean(true);
            out.writeUTF("7@3");
            out.writeInt(length);
            out.write(BYTES);
        }
    }

    @Test
    void aBookmarkMayBeLongerThan64KiB() {
        String bookmark = "0:4711,".repeat(100_000);
        StageStates states = states();
        states.claim("a");
        states.save("a", new State(12, bookmark, BYTES));

        State read = states().find("a").orElseThrow();

        assertThat(read.bookmark()).contains(bookmark);
        assertThat(read.position()).isEqualTo(12);
        assertThat(read.bytes()).isEqualTo(BYTES);
    }

    @Test
    void theFirstVersionIsStillRead() throws IOException {
        writeFirstVersion(12, BYTES.length);

        State read = states().find("a").orElseThrow();

        assertThat(read.bookmark()).contains("7@3");
        assertThat(read.bytes()).isEqualTo(BYTES);
    }

    @Test
    void lengthsAreNotTrusted() throws IOException {
        for (int length : new int[] { -1, Integer.MIN_VALUE, BYTES.length + 1, Integer.MAX_VALUE }) {
            writeFirstVersion(12, length);

            assertThatThrownBy(() -> states().find("a")).as("%d", length).isInstanceOf(CorruptEntryException.class);
        }
    }

    @Test
    void aNegativePositionIsRefused() throws IOException {
        writeFirstVersion(-5, BYTES.length);

        assertThatThrownBy(() -> states().find("a")).isInstanceOf(CorruptEntryException.class)
                .hasMessageContaining("position is negative: -5");
    }

    @Test
    void onlyTheLastOwnerSaves() {
        StageStates before = states();
        before.claim("a");
        before.save("a", new State(1, null, BYTES));
        StageStates after = states();
        after.claim("a");
        after.save("a", new State(2, null, BYTES));

        assertThatThrownBy(() -> before.save("a", new State(3, null, BYTES))).hasMessageContaining("another instance");

        assertThat(states().find("a").orElseThrow().position()).isEqualTo(2);
    }

    @Test
    void anOwnerThatHasNotSavedYetDoesNotOverwriteWhatTheNextOneSaved() {
        StageStates before = states();
        before.claim("a");
        StageStates after = states();
        after.claim("a");
        after.save("a", new State(2, null, BYTES));

        assertThatThrownBy(() -> before.save("a", new State(3, null, BYTES))).hasMessageContaining("another instance");
    }
}
