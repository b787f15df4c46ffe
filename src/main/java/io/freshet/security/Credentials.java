package io.freshet.security;

import java.util.Locale;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;

/**
 * The credentials that a client presents: the header {@code Authorization: Bearer …} (a key or a token), {@code X-API-Key: …},
 * or the sub-protocol {@code freshet.bearer.…} beside {@code freshet}, because web pages cannot set the headers of sockets.
 * Credentials in the URL are never accepted, because URLs end up in logs.
 *
 * @param text a key or a token
 */
record Credentials(String text) {

    /** The sub-protocol of all sockets. */
    static final String PROTOCOL = "freshet";
    private static final String BEARER_PROTOCOL = "freshet.bearer.";
    private static final String BEARER = "bearer ";

    /** Returns whether it is a token: tokens have three parts, keys have no dots. */
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

    /** Omits the secret. */
    @Override
    public String toString() {
        return "Credentials";
    }
}
