package io.freshet.cli;

/** Runs streams in this process until they end. */
@FunctionalInterface
public interface StreamRunner {

    /** Starts the streams, waits for them, and ends the process with the exit code that {@link RunRequest} defines. */
    void run(RunRequest request);
}
