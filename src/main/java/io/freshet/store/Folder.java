package io.freshet.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
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

    @Override
    public void write(String name, Contents contents) {
        Path target = file(name);
        try {
            Path draft = Files.createTempFile(path, name, ".draft");
            try {
                try (OutputStream out = Files.newOutputStream(draft)) {
                    contents.writeTo(out);
                }
                replace(draft, target);
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
        if (!Files.exists(file(name))) {
            return Optional.empty();
        }
        try {
            Instant changedAt = Files.getLastModifiedTime(file(name)).toInstant();
            return Optional.of(new Kept(Files.newInputStream(file(name)), changedAt));
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
    public List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
