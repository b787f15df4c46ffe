package io.freshet.security;

import java.util.Optional;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;

/**
 * How large bodies may be, as far as their headers say it. Tables and model files are streamed, and have a limit of their own.
 */
final class BodyLimits {

    private static final Pattern STREAMED = Pattern
            .compile("/api/v1/models/[^/]+(/(partial-fit|evaluate|file))?");

    private final long documentBytes;

    BodyLimits(long documentBytes) {
        this.documentBytes = documentBytes;
    }

    Optional<Refusal> refusal(HttpServerRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(Refusal.ENCODED);
        }
        String path = request.path();
        return length(request) <= documentBytes || path != null && STREAMED.matcher(path).matches() ? Optional.empty()
                : Optional.of(Refusal.TOO_LARGE);
    }

    /** Whether it may have a body, and that is no table or model file. */
    static boolean isDocument(HttpServerRequest request) {
        String path = request.path();
        return (request.getHeader("Content-Length") != null || request.getHeader("Transfer-Encoding") != null)
                && (path == null || !STREAMED.matcher(path).matches());
    }

    private static long length(HttpServerRequest request) {
        try {
            String length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
