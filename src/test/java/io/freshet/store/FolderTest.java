package io.freshet.store;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class FolderTest extends ShelfContract {

    @TempDir
    Path folder;

    @Override
    Shelf shelf() {
        return Folder.of(folder.resolve("things"), ".json");
    }
}
