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
 * Replaces a value by HMAC-SHA-256 of its text, in hexadecimal: equal values stay equal, and nobody without the key can find
 * them by trying. Not thread-safe.
 */
public final class KeyedHash implements Operation {

    private static final String ALGORITHM = "HmacSHA256";

    private final FieldPath field;
    private final Mac mac;

    /**
     * @param key at least one byte
     */
    public KeyedHash(FieldPath field, byte[] key) {
        this.field = field;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalArgumentException("there is no " + ALGORITHM + " with this key", e);
        }
    }

    @Override
    public void apply(Map<String, @Nullable Object> fields, long now) {
        Object value = field.get(fields);
        if (value != null) {
            field.set(fields, HexFormat.of().formatHex(mac.doFinal(value.toString().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
