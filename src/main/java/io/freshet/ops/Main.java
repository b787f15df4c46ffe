package io.freshet.ops;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.cli.Cli;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service, or carries out a command of the terminal without one. If the service cannot start, the last line that it
 * prints gives the reason.
 */
@QuarkusMain
public final class Main {

    Main() {
    }

    /**
     * Starts the process.
     *
     * @param args a command and its options; none, or {@code serve}, for the service
     */
    public static void main(String... args) {
        if (Cli.isCommand(List.of(args))) {
            System.exit(Cli.run(CommandStreams::start, args));
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Quarkus.run(null, Main::exit, args);
        } else {
            // in development mode, Quarkus reports failures itself and stays up
            Quarkus.run(args);
        }
    }

    static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("Freshet did not start: " + reason(failure));
        }
        System.exit(code);
    }

    /**
     * Returns the message of the innermost cause that has one, on one line. For a port that is taken, the message names the
     * port.
     */
    static String reason(Throwable failure) {
        String reason = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return "the port " + bind.getPort() + " of " + bind.getHost() + " is in use by another process";
            }
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                reason = message;
            }
        }
        return reason.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
