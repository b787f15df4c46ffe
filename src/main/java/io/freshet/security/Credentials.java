package io.freshet.security;

import java.util.Locale;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;

/**
 * What a client presents: the header {@code Authorization: Bearer …} (a key or a token), {@code X-API-Key: …}, or, because
 * pages cannot set headers of sockets, a sub-protocol {@code freshet.bearer.…} beside {@code freshet}. Never the address, which
 * ends up in logs.
 *
 * @param text a key or a token
 */
record Credentials(String text) {

    /** The sub-protocol of all sockets. */
    static final String PROTOCOL = "freshet";
    private static final String BEARER_PROTOCOL = "freshet.bearer.";
    private static final String BEARER = "bearer ";

    /** Tokens have three parts, keys have none. */
    boolean isToken() {
        return text.chars().filter(c -> c == '.').count() == 2;
    }

    static Optional<Credentials> of(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(new Credentials(authorization.substring(BEARER.length()).strip()));
        }
        String key = request.getHeader("X-API-Key");
        if (key != null) {
            return Optional.of(new Credentials(key.strip()));
        }
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null) {
            for (String protocol : protocols.split(",")) {
                if (protocol.strip().startsWith(BEARER_PROTOCOL)) {
                    return Optional.of(new Credentials(protocol.strip().substring(BEARER_PROTOCOL.length())));
                }
            }
        }
        return Optional.empty();
    }

    /** Not what it holds. */
    @Override
    public String toString() {
        return "Credentials";
    }
}
