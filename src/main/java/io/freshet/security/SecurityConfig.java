package io.freshet.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may use the service. Without keys and tokens it starts on loopback only, and is open there. */
@ConfigMapping(prefix = "freshet.security")
public interface SecurityConfig {

    /** API keys, by a name that appears in the audit log. */
    Map<String, Key> apiKeys();

    /** A file of API keys, read again when it changes; each line has a name, a role and the hash of the key. */
    Optional<Path> apiKeysFile();

    /** Bearer tokens. */
    Jwt jwt();

    /**
     * Origins of web pages that may use the service beside its own, such as {@code https://console.example.com}.
     */
    Optional<List<String>> origins();

    /** Names, beside localhost, under which an open service on loopback may be addressed. */
    Optional<List<String>> hosts();

    /** Paths that need no role, such as {@code /ui/*}; only for GET, and never under {@code /api}. */
    Optional<List<String>> publicPaths();

    /** What one client may ask for. */
    Limits limits();

    /** Where the service may connect to for a client. */
    Outbound outbound();

    /** An API key. */
    interface Key {

        /** The SHA-256 of the key: {@code sha256:} and 64 hexadecimal digits. */
        String hash();

        /** What it may do: read, operate, admin. */
        String role();
    }

    /** Bearer tokens, of the issuer {@code mp.jwt.verify.issuer}, by the keys at {@code mp.jwt.verify.publickey.location}. */
    interface Jwt {

        /** Whether they are taken. */
        @WithDefault("false")
        boolean enabled();

        /** The value of the claim {@code groups} of those who may read. */
        @WithDefault("read")
        String readGroup();

        /** The group that may operate. */
        @WithDefault("operate")
        String operateGroup();

        /** The group that may do everything. */
        @WithDefault("admin")
        String adminGroup();
    }

    /** Limits. They hold for everybody, but requests are not counted where the service is open. */
    interface Limits {

        /** How large a body may be that is held in memory: definitions, requests. Tables are not. */
        @WithDefault("1M")
        MemorySize documentSize();

        /** How long the head of a request may take to come, and the handshake of an encrypted connection with it. */
        @WithDefault("10s")
        Duration headTimeout();

        /** How long a body may take that is held in memory. */
        @WithDefault("30s")
        Duration documentTimeout();

        /** How many requests a client may send in a second, in the mean; 0 for any number. */
        @WithDefault("100")
        int requestsPerSecond();
    }

    /** Connections that a client of the API causes. */
    interface Outbound {

        /**
         * Names, names that end in a pattern such as {@code *.example.com}, and networks such as {@code 10.1.0.0/16} that are
         * allowed although they are private; when something is named here, nothing else is allowed.
         */
        Optional<List<String>> allow();

        /** Whether private addresses are allowed; without it only where the service is bound to loopback. */
        Optional<Boolean> privateAddresses();
    }
}
