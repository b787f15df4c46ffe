package io.freshet.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;

/** Files of one kind in one folder, each written whole or not at all. */
final class Folder implements Shelf {

    private final Path path;
    private final String ending;

    private Folder(Path path, String ending) {
        this.path = path;
        this.ending = ending;
    }

    static Folder of(Path path, String ending) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Folder(path, ending);
    }

    private Path file(String name) {
        return path.resolve(name + ending);
    }

    /** What becomes of a draft that is complete. */
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
                // another name for it: the only way to make a file with its contents where there is none
                Files.createLink(target, draft);
            } catch (FileAlreadyExistsException e) {
                written[0] = false;
            }
        });
        return written[0];
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
            throw new UncheckedIOException(e);
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
    public Optional<Kept> read(String name) {
        try {
            Instant changedAt = Files.getLastModifiedTime(file(name)).toInstant();
            return Optional.of(new Kept(Files.newInputStream(file(name)), changedAt));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
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
                // it has gone since
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
