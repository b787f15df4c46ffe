package io.freshet.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

/**
 * A folder for dead letters that exists as long as the process. The process holds a lock on a file in it; a folder whose lock
 * is free belongs to a process that was killed, and the next process deletes it.
 */
final class TemporaryLetterFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TemporaryLetterFolder.class);
    private static final String PREFIX = "freshet-dead-letters-";
    private static final String LOCK = "owner.lock";
    /** The folders of this process. Opening and closing the lock file of such a folder again would release the lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryLetterFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates a folder and deletes those that killed processes left behind.
     *
     * @param parent the folder for temporary files
     * @throws IOException if it cannot be created
     */
    static TemporaryLetterFolder create(Path parent) throws IOException {
        deleteAbandoned(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        OWN.add(path);
        FileChannel lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        return new TemporaryLetterFolder(path, lock);
    }

    private static void deleteAbandoned(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("Abandoned folders of dead letters were not deleted: folder=%s reason=%s", parent, e.getMessage());
        }
    }

    /** Returns whether the process of a folder was killed. A folder without a lock file may be one that is being created. */
    private static boolean isAbandoned(Path folder) {
        Path file = folder.resolve(LOCK);
        if (OWN.contains(folder) || !Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf("A folder of dead letters was not deleted: folder=%s reason=%s", folder, e.getMessage());
        }
    }

    Path path() {
        return path;
    }

    /** Deletes the folder with all its files. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debugf("The lock of a folder of dead letters was not closed: folder=%s reason=%s", path, e.getMessage());
        }
        delete(path);
        OWN.remove(path);
    }
}
