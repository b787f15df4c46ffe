package io.freshet.security;

import java.time.Instant;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param name of the key, or the subject of the token
 * @param until when the token expires; empty for a key
 * @param keyHash of the key; empty for a token
 */
record Caller(String name, Role role, Optional<Instant> until, Optional<String> keyHash) {

    /** Somebody on this machine, where no method is configured. */
    static final Caller LOCAL = new Caller("local", Role.ADMIN, Optional.empty(), Optional.empty());

    /** Somebody with a key. */
    static Caller of(ApiKey key) {
        return new Caller(key.name(), key.role(), Optional.empty(), Optional.of(key.hash()));
    }
}
