package io.freshet.sink.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a sink writes.
 *
 * @param folder the folder, out of which no symbolic link may lead
 * @param path the file inside the folder
 */
record FileLocation(Path folder, Path path) {

    /** Returns the path within the folder. */
    String target() {
        return String.valueOf(folder.relativize(path));
    }

    /** Returns whether the file is inside the folder, once links are followed. Creates the folders above the file. */
    boolean isInside() throws IOException {
        Path parent = Files.createDirectories(path.toAbsolutePath().getParent()).toRealPath();
        Path real = Files.exists(path) ? path.toRealPath() : parent.resolve(path.getFileName());
        return real.startsWith(folder.toRealPath());
    }
}
