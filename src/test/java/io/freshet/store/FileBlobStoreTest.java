package io.freshet.store;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends ShelfContract {

    @TempDir
    Path folder;

    @Override
    BlobStore shelf() {
        return FileBlobStore.of(folder.resolve("things"), ".json");
    }
}
