package io.freshet.sink.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.freshet.sink.EncodedBatch;

/**
 * A file that is written under a hidden name and moved into place when it is complete. What a crash has left behind under the
 * hidden name is continued.
 */
interface PartFile {

    /**
     * Appends records as far as they fit.
     *
     * @param open the indices of the records
     * @param from the first of them to append
     * @return how many were appended; 0 if the file is full, or has other columns
     */
    int append(EncodedBatch batch, int[] open, int from) throws IOException;

    /** Completes the file and moves it into place. */
    void finish() throws IOException;

    /** Moves a complete file into place. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
