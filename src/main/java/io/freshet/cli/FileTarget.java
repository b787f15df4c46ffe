package io.freshet.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.freshet.codec.TextCompression;

/**
 * The destination of a command's output: the standard output, or a file that appears only when it is complete. The extension of
 * the file name selects the compression.
 */
final class FileTarget {

    private static final int BUFFER = 1 << 16;

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private FileTarget() {
    }

    /** @param name a path, or {@code -} for the standard output */
    static void write(String name, Terminal terminal, Content content) throws IOException {
        if (name.equals(TableArgument.STANDARD)) {
            OutputStream out = new BufferedOutputStream(terminal.out(), BUFFER);
            content.writeTo(out);
            out.flush();
            return;
        }
        Path path = Path.of(name).toAbsolutePath();
        Path beside = path.resolveSibling("." + path.getFileName() + ".tmp");
        try {
            try (OutputStream out = open(name, beside)) {
                content.writeTo(out);
            }
            Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static OutputStream open(String name, Path beside) throws IOException {
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(beside), BUFFER);
        TextCompression compression = TextCompression.ofFileName(name).orElse(null);
        return compression == null ? file : compression.compress(file);
    }
}
