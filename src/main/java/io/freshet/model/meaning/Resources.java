package io.freshet.model.meaning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the word lists that ship with the product. */
final class Resources {

    private Resources() {
    }

    /** Returns the lines of a list, without comments and empty lines. */
    static List<String> lines(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/meaning/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the list " + name + " is not there");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
