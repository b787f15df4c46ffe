package io.freshet.cli;

/** The exit codes of commands. */
enum ExitCode {

    /** The command succeeded. */
    DONE(0),
    /** A table, model or definition is not valid. */
    INVALID(1),
    /** The command line is wrong. */
    USAGE(2),
    /** A file cannot be read or written. */
    FILES(3),
    /** A score is below the requested minimum. */
    BELOW(4),
    /** The reader of the results closed the pipe. */
    CLOSED(141);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
