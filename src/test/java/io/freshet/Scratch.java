package io.freshet;

import java.nio.file.Path;

/** Folders for the files of tests, separate for each JVM that runs tests in parallel. */
public final class Scratch {

    private Scratch() {
    }

    /** Returns a file or folder of this JVM. */
    public static Path own(String name) {
        return Path.of("target", name + "-" + System.getProperty("test.fork", "1"));
    }
}
