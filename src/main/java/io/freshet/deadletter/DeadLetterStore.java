package io.freshet.deadletter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The folder of spilled dead letters, opened when it is first needed. If none is configured, it is a temporary folder that is
 * deleted when the process ends. Thread-safe.
 */
final class DeadLetterStore implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeadLetterStore.class);

    private final Optional<Path> folder;
    private final long maxBytes;
    private @Nullable TemporaryLetterFolder temporary;
    private volatile @Nullable DeadLetterSpool opened;

    /**
     * @param folder the folder; empty for a temporary one
     * @param maxBytes the maximum number of bytes in the folder
     */
    DeadLetterStore(Optional<Path> folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the letters in the folder, which is created if it does not exist.
     *
     * @throws IOException if the disk fails
     */
    synchronized DeadLetterSpool open() throws IOException {
        DeadLetterSpool known = opened;
        if (known == null) {
            known = DeadLetterSpool.open(folder.isPresent() ? folder.get() : temporary(), maxBytes);
            opened = known;
        }
        return known;
    }

    /**
     * Returns the letters in the folder, or empty if the folder would be temporary and nothing has been written yet.
     *
     * @throws IOException if the disk fails
     */
    Optional<DeadLetterSpool> find() throws IOException {
        DeadLetterSpool known = opened;
        if (known == null && folder.isPresent()) {
            known = open();
        }
        return Optional.ofNullable(known);
    }

    private Path temporary() throws IOException {
        TemporaryLetterFolder created = TemporaryLetterFolder.create(Path.of(System.getProperty("java.io.tmpdir")));
        temporary = created;
        return created.path();
    }

    long bytes() {
        DeadLetterSpool known = opened;
        return known == null ? 0 : known.bytes();
    }

    int onHold() {
        DeadLetterSpool known = opened;
        return known == null ? 0 : known.onHold();
    }

    /** Deletes the folder if it is temporary. */
    @Override
    public synchronized void close() {
        TemporaryLetterFolder own = temporary;
        if (own != null) {
            if (bytes() > 0) {
                LOG.warnf("Dead letters are discarded at shutdown, as freshet.dead-letters.folder is not set: bytes=%d",
                        bytes());
            }
            own.close();
            temporary = null;
        }
    }
}
