package io.freshet.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import io.freshet.Scratch;
import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * A service with authentication: by keys of each role, and by tokens of one issuer. It is bound as if other machines could
 * reach it.
 */
public class Secured implements QuarkusTestProfile {

    static final String ISSUER = "https://issuer.example";
    static final String PRIVATE_KEY = "test.security.private-key";
    /** The file in which tests add and remove keys. */
    static final Path KEYS = Scratch.own("test-api-keys");

    /** Returns the key of a role. */
    static String key(Role role) {
        return role.id() + "-key-0123456789-0123456789";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Files.createDirectories(KEYS.getParent());
            Files.writeString(KEYS, "# nobody yet\n");
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            System.setProperty(PRIVATE_KEY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            return Map.ofEntries(hash(Role.READ), role(Role.READ), hash(Role.OPERATE), role(Role.OPERATE), hash(Role.ADMIN),
                    role(Role.ADMIN), Map.entry("mp.jwt.verify.issuer", ISSUER),
                    Map.entry("freshet.security.jwt.enabled", "true"),
                    Map.entry("mp.jwt.verify.publickey", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())),
                    Map.entry("freshet.security.limits.requests-per-second", "0"),
                    Map.entry("freshet.security.origins", "https://console.example"),
                    Map.entry("freshet.api.max-streams", "1"), Map.entry("freshet.api.max-models", "10"),
                    Map.entry("freshet.api.max-records-per-second", "1000"),
                    Map.entry("freshet.security.api-keys-file", KEYS.toString()),
                    Map.entry("freshet.sinks.files-folder", Scratch.own("files").toString()));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map.Entry<String, String> hash(Role role) {
        return Map.entry("freshet.security.api-keys." + role.id() + ".hash",
                "sha256:" + HexFormat.of().formatHex(ApiKey.hashOf(key(role))));
    }

    private static Map.Entry<String, String> role(Role role) {
        return Map.entry("freshet.security.api-keys." + role.id() + ".role", role.id());
    }
}
