package io.freshet.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second instance out of a folder store. The operating system releases the lock however the process ends. The owner
 * is recorded in a separate file, because some systems do not allow a locked file to be read.
 */
final class FolderLock implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FolderLock.class);
    private static final String FILE = ".lock";
    private static final String OWNER_FILE = ".lock-owner";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a folder, which is created if necessary.
     *
     * @return the lock; empty if the file system does not support locks
     * @throws IllegalStateException if another instance uses the folder; the message names it
     * @throws UncheckedIOException if the folder cannot be created
     */
    static Optional<FolderLock> acquire(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new OverlappingFileLockException();
            }
            writeOwner(folder);
            return Optional.of(new FolderLock(channel));
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw new IllegalStateException("freshet.store.folder " + folder + " is in use by another instance ("
                    + owner(folder) + "): stop it, or set another folder; instances share a store in MongoDB or Redis", e);
        } catch (IOException e) {
            close(channel);
            LOG.warnf("The store folder cannot be locked; make sure that only one instance uses it: folder=%s reason=%s",
                    folder,
                    e);
            return Optional.empty();
        }
    }

    private static void writeOwner(Path folder) {
        try {
            Files.writeString(folder.resolve(OWNER_FILE), "process " + ProcessHandle.current().pid() + " on host "
                    + Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost") + ", since " + Instant.now());
        } catch (IOException e) {
            LOG.debugf("The owner of the store folder could not be recorded: %s", e.getMessage());
        }
    }

    private static String owner(Path folder) {
        try {
            return Files.readString(folder.resolve(OWNER_FILE));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debugf("The lock of the store folder could not be closed: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
