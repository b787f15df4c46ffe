package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where things of one kind are kept by their names beyond the life of the process. Each is written whole or not at all.
 * Everything
 * blocks, and throws {@link java.io.UncheckedIOException} when the place does not answer.
 */
interface Shelf {

    /** Writes what is to be kept. */
    interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What was kept, to be read once, and when it was written. */
    record Kept(InputStream contents, Instant changedAt) {
    }

    void write(String name, Contents contents);

    Optional<Kept> read(String name);

    void delete(String name);

    /** The names of all that is kept, sorted. */
    List<String> names();
}
