package io.freshet.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.security.SocketCloses;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;

/** The query parameters with which a socket was opened. */
final class SocketQuery {

    private SocketQuery() {
    }

    static Map<String, String> of(WebSocketConnection connection) {
        return parse(connection.handshakeRequest().query());
    }

    static Map<String, String> parse(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Closes a socket that was opened with an unknown parameter, after a message that names it; empty if it may stay open. */
    static Optional<Multi<String>> refusal(WebSocketConnection connection, List<String> known) {
        return of(connection).keySet().stream().filter(name -> !known.contains(name)).findFirst().map(name -> {
            String reason = "unknown query parameter " + name + NearestName.question(name, known)
                    + (known.isEmpty() ? "; this socket has none" : "; expected one of " + String.join(", ", known));
            return Multi.createFrom().item(Generation.error(reason)).onCompletion()
                    .call(() -> connection.close(SocketCloses.notAllowed("unknown query parameter")));
        });
    }
}
