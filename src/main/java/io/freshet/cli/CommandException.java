package io.freshet.cli;

/** Thrown if a command cannot be carried out. The message is for the user: it states the problem and a remedy. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    CommandException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
