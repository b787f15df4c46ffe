package io.freshet.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpServerRequest;

/** Limits the size of bodies by the headers of the request. Tables and model files are streamed and have their own limit. */
final class BodyLimits {

    private static final Pattern STREAMED = Pattern
            .compile("/api/v1/models/[^/]+(/(partial-fit|evaluate|file))?");

    /** Tables are decompressed while they are read, with a limit of their own. */
    private static final Pattern TABLES = Pattern.compile("/api/v1/models/[^/]+(/(partial-fit|evaluate))?");
    private static final Set<String> TABLE_ENCODINGS = Set.of("gzip", "x-gzip", "zstd");

    private final long documentBytes;

    BodyLimits(long documentBytes) {
        this.documentBytes = documentBytes;
    }

    Optional<Refusal> refusal(HttpServerRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        String path = request.path();
        if (encoding != null && !encoding.equalsIgnoreCase("identity") && !isTable(path, encoding)) {
            return Optional.of(Refusal.ENCODED);
        }
        return length(request) <= documentBytes || path != null && STREAMED.matcher(path).matches() ? Optional.empty()
                : Optional.of(Refusal.TOO_LARGE);
    }

    private static boolean isTable(@Nullable String path, String encoding) {
        return path != null && TABLES.matcher(path).matches()
                && TABLE_ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT));
    }

    /** Returns whether a request may have a body that is not a table or a model file. */
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
