package io.freshet.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The environment of a command: its streams, and whether they are shown on a terminal.
 *
 * @param out receives results; unbuffered
 * @param err receives messages
 * @param watched whether messages appear on a terminal
 * @param width the number of characters per line
 * @param colours whether texts may be coloured
 */
record Terminal(InputStream in, OutputStream out, PrintStream err, boolean watched, int width, boolean colours) {

    private static final int WIDTH = 100;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    static Terminal ofProcess(Map<String, String> environment) {
        String no = environment.getOrDefault("NO_COLOR", "");
        boolean colours = no.isEmpty() && !"dumb".equals(environment.get("TERM")) && isTerminal(STDOUT);
        return new Terminal(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8), isTerminal(STDERR),
                width(environment.get("COLUMNS")), colours);
    }

    private static int width(@Nullable String columns) {
        try {
            return columns == null ? WIDTH : Math.max(40, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return WIDTH;
        }
    }

    /**
     * Returns whether a file descriptor is a terminal. The class library can only say whether input and output together are.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            // since Java 22 there is a console even without a terminal
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /** Writes a line to the results. */
    void print(String line) throws IOException {
        out.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text in bold, if colours are enabled. */
    String bold(String text) {
        return colours ? "\u001B[1m" + text + "\u001B[0m" : text;
    }

    /** Returns the text dimmed, if colours are enabled. */
    String faint(String text) {
        return colours ? "\u001B[2m" + text + "\u001B[0m" : text;
    }
}
