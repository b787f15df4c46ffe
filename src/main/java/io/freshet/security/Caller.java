package io.freshet.security;

import java.time.Instant;
import java.util.Optional;

/**
 * The authenticated client of a request.
 *
 * @param name the name of the key, or the subject of the token
 * @param until when the token expires; empty for a key
 * @param keyHash the hash of the key; empty for a token
 */
public record Caller(String name, Role role, Optional<Instant> until, Optional<String> keyHash) {

    /** A client on this machine while no authentication is configured. */
    static final Caller LOCAL = new Caller("local", Role.ADMIN, Optional.empty(), Optional.empty());

    /** Returns the owner of a key as a caller. */
    static Caller of(ApiKey key) {
        return new Caller(key.name(), key.role(), Optional.empty(), Optional.of(key.hash()));
    }
}
