package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where things of one kind are kept by their names beyond the life of the process. Each is written whole or not at all.
 * Everything blocks, and throws {@link java.io.UncheckedIOException} when the place does not answer.
 */
interface Shelf {

    /** Writes what is to be kept. */
    interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What was kept, to be read once, and when it was written. */
    record Kept(InputStream contents, Instant changedAt) {
    }

    /** When {@link #changes} says that it was written. */
    Instant write(String name, Contents contents);

    /** Writes what is not there yet; false, and nothing is changed, if it is. Of several that do it at once, one does. */
    boolean writeNew(String name, Contents contents);

    Optional<Kept> read(String name);

    void delete(String name);

    /** When each was written last, by name. */
    Map<String, Instant> changes();

    /** The names of all that is kept, sorted. */
    List<String> names();
}
