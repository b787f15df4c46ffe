package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    @Test
    void aSecondInstanceIsRefusedAndToldWhoUsesTheFolder() {
        try (FolderLock first = FolderLock.acquire(folder).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid()).hasMessageContaining(folder.toString());
        }
    }

    @Test
    void theFolderIsFreeWhenItsInstanceHasEnded() {
        FolderLock.acquire(folder).orElseThrow().close();

        FolderLock.acquire(folder).orElseThrow().close();
    }
}
