package io.freshet.security;

import java.time.Instant;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param name of the key, or the subject of the token
 * @param until when the token expires; empty for a key
 */
record Caller(String name, Role role, Optional<Instant> until) {

    /** Somebody with a key. */
    Caller(String name, Role role) {
        this(name, role, Optional.empty());
    }

    /** Somebody on this machine, where no method is configured. */
    static final Caller LOCAL = new Caller("local", Role.ADMIN);
}
