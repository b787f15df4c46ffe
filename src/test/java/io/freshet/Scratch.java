package io.freshet;

import java.nio.file.Path;

/** Where tests keep files; others for each JVM that runs tests at the same time. */
public final class Scratch {

    private Scratch() {
    }

    /** A file or folder of this JVM. */
    public static Path own(String name) {
        return Path.of("target", name + "-" + System.getProperty("test.fork", "1"));
    }
}
