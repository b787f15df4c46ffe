package io.freshet.security;

import java.util.Optional;
import java.util.regex.Pattern;

import javax.security.auth.login.LoginException;

import org.jspecify.annotations.Nullable;

/** Finds out why a client could not obtain the credentials to sign in with, for example because a token was refused. */
public final class SignInFailure {

    /** The names of exceptions with which Kafka begins such a message. */
    private static final Pattern CLASS_NAMES = Pattern.compile("^(?:[a-z]\\w*\\.(?:\\w+\\.)*\\w+: )+");

    private SignInFailure() {
    }

    /** Returns the reason, or empty if credentials are not what an exception is about. */
    public static Optional<String> reason(Throwable thrown) {
        for (@Nullable
        Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof LoginException) {
                // Kafka puts a whole stack trace into the message
                String first = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
                return Optional.of(CLASS_NAMES.matcher(first).replaceFirst(""));
            }
        }
        return Optional.empty();
    }
}
