package io.freshet.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An API key, of which only the hash is stored. Keys are long and random, so that a fast hash is sufficient: trying all keys is
 * infeasible.
 *
 * @param name the name of its owner
 * @param hash the SHA-256 hash: {@code sha256:} and 64 hexadecimal digits
 */
record ApiKey(String name, Role role, String hash) {

    /** The minimum length of a key; a shorter one could be guessed. */
    static final int SHORTEST = 24;

    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    ApiKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of an API key must match " + NAME);
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "the hash of the API key " + name + " must be sha256: and 64 hexadecimal digits");
        }
    }

    /** @throws IllegalArgumentException if the role is unknown or the hash is malformed; the message does not quote the hash */
    static ApiKey of(String name, String role, String hash) {
        return new ApiKey(name, Role.find(role).orElseThrow(() -> new IllegalArgumentException(
                "the role of the API key " + name + " must be one of " + Role.ids())), hash);
    }

    /** Returns the hash of a key that a client presents. */
    static byte[] hashOf(String presented) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(presented.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compares in constant time, so that the duration does not reveal whether it matches. */
    boolean matches(byte[] hashPresented) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hash.substring("sha256:".length())), hashPresented);
    }
}
