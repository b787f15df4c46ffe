package io.freshet.stage;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/**
 * Writes the HMAC-SHA-256 of a value's text, in hexadecimal, to a field, which may be the same field. Equal values stay equal,
 * and without the key they cannot be found by trial. Not thread-safe.
 */
public final class KeyedHash implements Operation {

    private static final String ALGORITHM = "HmacSHA256";

    private final FieldPath field;
    private final FieldPath output;
    private final Mac mac;

    /** @param key the secret key, at least one byte */
    public KeyedHash(FieldPath field, FieldPath output, byte[] key) {
        this.field = field;
        this.output = output;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalArgumentException(ALGORITHM + " is not available with this key", e);
        }
    }

    @Override
    public void apply(Map<String, @Nullable Object> fields, long now) {
        Object value = field.get(fields);
        if (value != null) {
            output.set(fields, HexFormat.of().formatHex(mac.doFinal(value.toString().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
