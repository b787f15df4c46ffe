package io.freshet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores entries of one kind by name, so that they outlive the process. Each entry is written completely or not at all. All
 * methods block. They throw {@link java.io.UncheckedIOException} if the store does not answer, and {@link
 * StoreFullException} if it has no space left.
 */
interface BlobStore {

    /** Writes the contents of an entry. */
    interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The contents of an entry, which can be read once, and the time it was written. */
    record Entry(InputStream contents, Instant changedAt) {
    }

    /**
     * Writes an entry, whether or not it exists.
     *
     * @return the time of the write, as {@link #changes} reports it
     */
    Instant write(String name, Contents contents);

    /**
     * Writes an entry unless it exists. If several callers do so at the same time, exactly one succeeds.
     *
     * @return false, without any change, if the entry exists
     */
    boolean writeNew(String name, Contents contents);

    /**
     * Takes an entry over from the process that wrote it before. The epoch of the entry grows, and writes under earlier
     * epochs are rejected from now on.
     *
     * @return the new epoch, which is never reused, even if the entry is deleted and written again; empty if the entry does
     *         not exist
     */
    OptionalLong claim(String name);

    /**
     * Writes an entry that this epoch owns.
     *
     * @param epoch from {@link #claim}
     * @return false, without any change, if the entry has been claimed by another process or deleted since
     */
    boolean write(String name, long epoch, Contents contents);

    /**
     * Reads an entry.
     *
     * @return the entry; empty if it does not exist
     * @throws CorruptEntryException if the entry cannot be read although the store answers
     */
    Optional<Entry> read(String name);

    void delete(String name);

    /** Returns when each entry was last written, by name. */
    Map<String, Instant> changes();

    /** Returns the names of all entries, sorted. */
    List<String> names();
}
