package io.freshet.security;

/**
 * Who sends a request.
 *
 * @param name of the key, or the subject of the token
 */
record Caller(String name, Role role) {

    /** Somebody on this machine, where no method is configured. */
    static final Caller LOCAL = new Caller("local", Role.ADMIN);
}
