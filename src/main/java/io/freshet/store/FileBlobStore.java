package io.freshet.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Stores entries of one kind as files in one folder. Each file is written completely or not at all. The epoch of a claimed
 * entry is in a separate file next to it, so that versions without epochs can still read the entries.
 */
final class FileBlobStore implements BlobStore {

    private static final String EPOCH = ".epoch";

    private final Path path;
    private final String ending;
    private final FolderMutex mutex;

    private FileBlobStore(Path path, String ending) {
        this.path = path;
        this.ending = ending;
        this.mutex = FolderMutex.of(path);
    }

    static FileBlobStore of(Path path, String ending) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileBlobStore(path, ending);
    }

    private Path file(String name) {
        return path.resolve(name + ending);
    }

    /** Publishes a draft that has been written completely. */
    private interface Ending {
        void of(Path draft, Path target) throws IOException;
    }

    @Override
    public Instant write(String name, Contents contents) {
        Instant[] written = { Instant.EPOCH };
        draft(name, contents, (draft, target) -> {
            written[0] = Files.getLastModifiedTime(draft).toInstant();
            replace(draft, target);
        });
        return written[0];
    }

    @Override
    public boolean writeNew(String name, Contents contents) {
        boolean[] written = { true };
        draft(name, contents, (draft, target) -> {
            try {
                // a hard link is the only way to create a file together with its contents unless the file exists
                Files.createLink(target, draft);
            } catch (FileAlreadyExistsException e) {
                written[0] = false;
            }
        });
        return written[0];
    }

    @Override
    public OptionalLong claim(String name) {
        return mutex.locked(() -> {
            if (!Files.exists(file(name))) {
                return OptionalLong.empty();
            }
            long epoch = Epochs.after(epoch(name));
            draft(name, out -> out.write(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII)),
                    (draft, target) -> replace(draft, epochFile(name)));
            return OptionalLong.of(epoch);
        });
    }

    @Override
    public boolean write(String name, long epoch, Contents contents) {
        return mutex.locked(() -> {
            boolean owned = epoch(name) == epoch && Files.exists(file(name));
            if (owned) {
                write(name, contents);
            }
            return owned;
        });
    }

    private Path epochFile(String name) {
        return path.resolve(name + ending + EPOCH);
    }

    /**
     * Returns the epoch of an entry; 0 if the entry was never claimed or its epoch is damaged, so that it can be claimed
     * again.
     */
    private long epoch(String name) throws IOException {
        try {
            return Long.parseLong(Files.readString(epochFile(name), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException | NumberFormatException e) {
            return 0;
        }
    }

    private void draft(String name, Contents contents, Ending ending) {
        try {
            Path draft = Files.createTempFile(path, name, ".draft");
            try {
                try (OutputStream out = Files.newOutputStream(draft)) {
                    contents.writeTo(out);
                }
                ending.of(draft, file(name));
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw StoreFullException.of(e);
        }
    }

    private static void replace(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public Optional<Entry> read(String name) {
        try {
            Instant changedAt = Files.getLastModifiedTime(file(name)).toInstant();
            return Optional.of(new Entry(Files.newInputStream(file(name)), changedAt));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CorruptEntryException("its file cannot be read: " + e, e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
            Files.deleteIfExists(epochFile(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Instant> changes() {
        Map<String, Instant> changes = new HashMap<>();
        for (String name : names()) {
            try {
                changes.put(name, Files.getLastModifiedTime(file(name)).toInstant());
            } catch (NoSuchFileException e) {
                // deleted since the listing
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return changes;
    }

    @Override
    public List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
