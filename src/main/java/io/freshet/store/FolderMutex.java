package io.freshet.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Serialises compare-and-set operations on the entries of a folder, across threads and processes. */
final class FolderMutex {

    private static final String FILE = ".epochs.lock";
    /** One mutex per folder: a file lock excludes other processes, but not other threads of this process. */
    private static final Map<Path, FolderMutex> MUTEXES = new ConcurrentHashMap<>();

    private final Path file;

    private FolderMutex(Path file) {
        this.file = file;
    }

    static FolderMutex of(Path folder) {
        return MUTEXES.computeIfAbsent(folder.toAbsolutePath().normalize().resolve(FILE), FolderMutex::new);
    }

    /** The work to do under the lock. */
    interface Work<T> {
        T run() throws IOException;
    }

    synchronized <T> T locked(Work<T> work) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return work.run();
        } catch (IOException e) {
            throw StoreFullException.of(e);
        }
    }
}
