package io.freshet.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;

/**
 * Determines whether the service can be reached from other machines, and whether it is open. It is open if it is bound to
 * loopback and no authentication is configured.
 */
@ApplicationScoped
public class AccessMode {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
    private static final List<String> JWT_KEYS = List.of("mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location");

    private final boolean loopback;
    private final boolean tokens;
    private final boolean keys;

    /**
     * @throws IllegalStateException if other machines can reach the service without authentication, or if tokens would be
     *         accepted from any issuer
     */
    public AccessMode(Config config, SecurityConfig security) {
        loopback = LOOPBACK.contains(config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0"))
                && config.getOptionalValue("freshet.management.host", String.class).map(LOOPBACK::contains).orElse(true);
        tokens = security.jwt().enabled();
        keys = !security.apiKeys().isEmpty() || security.apiKeysFile().isPresent();
        if (isOpen() && !loopback) {
            throw new IllegalStateException(
                    "Freshet is bound to an address that other machines can reach, but no authentication is "
                            + "configured. Set freshet.security.api-keys.NAME.hash and .role, freshet.security.api-keys-file, or "
                            + "freshet.security.jwt.enabled; or leave FRESHET_HOST at 127.0.0.1");
        }
        if (tokens && (config.getOptionalValue("mp.jwt.verify.issuer", String.class).isEmpty()
                || JWT_KEYS.stream().noneMatch(name -> config.getOptionalValue(name, String.class).isPresent()))) {
            throw new IllegalStateException("Bearer tokens need mp.jwt.verify.issuer and mp.jwt.verify.publickey.location: the "
                    + "issuer that signs them, and the address of its keys");
        }
    }

    /** Returns whether anonymous access is allowed. */
    public boolean isOpen() {
        return !tokens && !keys;
    }

    /** Returns whether only this machine can reach the service. */
    public boolean isLoopback() {
        return loopback;
    }

    boolean takesTokens() {
        return tokens;
    }

    /** Returns the authentication methods as a text for the log. */
    String methods() {
        List<String> methods = new ArrayList<>();
        if (keys) {
            methods.add("API keys");
        }
        if (tokens) {
            methods.add("bearer tokens");
        }
        return methods.isEmpty() ? "none; access is open on loopback" : String.join(" and ", methods);
    }
}
