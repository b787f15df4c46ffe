package io.freshet.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;

/**
 * Whether the service can be reached from elsewhere, and whether it is open: it is where it is bound to loopback and no method
 * is configured.
 */
@ApplicationScoped
public class Exposure {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
    private static final List<String> JWT_KEYS = List.of("mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location");

    private final boolean loopback;
    private final boolean tokens;
    private final boolean keys;

    /**
     * @throws IllegalStateException if others could reach it and nothing says who may use it, or tokens of any issuer would do
     */
    public Exposure(Config config, SecurityConfig security) {
        loopback = LOOPBACK.contains(config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0"))
                && config.getOptionalValue("freshet.management.host", String.class).map(LOOPBACK::contains).orElse(true);
        tokens = security.jwt().enabled();
        keys = !security.apiKeys().isEmpty() || security.apiKeysFile().isPresent();
        if (isOpen() && !loopback) {
            throw new IllegalStateException(
                    "Freshet is bound to an address that others can reach, and nothing says who may use "
                            + "it. Set freshet.security.api-keys.NAME.hash and .role, or freshet.security.api-keys-file, or "
                            + "freshet.security.jwt.enabled; or leave FRESHET_HOST at 127.0.0.1");
        }
        if (tokens && (config.getOptionalValue("mp.jwt.verify.issuer", String.class).isEmpty()
                || JWT_KEYS.stream().noneMatch(name -> config.getOptionalValue(name, String.class).isPresent()))) {
            throw new IllegalStateException("Bearer tokens need mp.jwt.verify.issuer and mp.jwt.verify.publickey.location: who "
                    + "signs them, and where his keys are");
        }
    }

    /** Whether nobody needs to say who he is. */
    public boolean isOpen() {
        return !tokens && !keys;
    }

    /** Whether only this machine can reach the service. */
    public boolean isLoopback() {
        return loopback;
    }

    boolean takesTokens() {
        return tokens;
    }

    /** For the log. */
    String methods() {
        List<String> methods = new ArrayList<>();
        if (keys) {
            methods.add("API keys");
        }
        if (tokens) {
            methods.add("bearer tokens");
        }
        return methods.isEmpty() ? "nothing: it is open, on loopback" : String.join(" and ", methods);
    }
}
