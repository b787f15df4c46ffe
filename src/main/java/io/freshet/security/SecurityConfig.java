package io.freshet.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Controls who may use the service. Without keys and tokens it only starts on loopback, where access is open. */
@ConfigMapping(prefix = "freshet.security")
public interface SecurityConfig {

    /** Defines API keys by a name that appears in the audit log. */
    Map<String, Key> apiKeys();

    /**
     * Names a file of API keys, which is read again when it changes. Each line contains a name, a role and the hash of a key.
     */
    Optional<Path> apiKeysFile();

    /** Controls bearer tokens. */
    Jwt jwt();

    /**
     * Allows web pages of these origins, in addition to its own, to use the service, such as
     * {@code https://console.example.com}.
     */
    Optional<List<String>> origins();

    /** Allows clients to address an open service on loopback by these host names, in addition to localhost. */
    Optional<List<String>> hosts();

    /**
     * Allows GET, HEAD and OPTIONS requests to these paths without a role, such as {@code /ui/*}. Paths under {@code /api}
     * always need a role.
     */
    Optional<List<String>> publicPaths();

    /** Limits what each client may send. */
    Limits limits();

    /** Controls the connections that the service opens for a client. */
    Outbound outbound();

    /** An API key. */
    interface Key {

        /** Sets the SHA-256 hash of the API key: {@code sha256:} and 64 hexadecimal digits. */
        String hash();

        /** Sets the role of the API key: read, operate or admin. */
        String role();
    }

    /**
     * Bearer tokens of the issuer {@code mp.jwt.verify.issuer}, verified with the keys at {@code
     * mp.jwt.verify.publickey.location}.
     */
    interface Jwt {

        /** Makes the service accept bearer tokens. */
        @WithDefault("false")
        boolean enabled();

        /** Sets the value of the token's claim {@code groups} that grants the role read. */
        @WithDefault("read")
        String readGroup();

        /** Sets the value of the token's claim {@code groups} that grants the role operate. */
        @WithDefault("operate")
        String operateGroup();

        /** Sets the value of the token's claim {@code groups} that grants the role admin. */
        @WithDefault("admin")
        String adminGroup();
    }

    /** Limits that apply to every client. The request rate is not limited while access is open. */
    interface Limits {

        /**
         * Limits the size of a body that is held in memory, such as a definition or a request. Tables and model files are
         * streamed and have their own limit.
         */
        @WithDefault("1M")
        MemorySize documentSize();

        /** Limits the time until the head of a request has arrived, including the handshake of an encrypted connection. */
        @WithDefault("10s")
        Duration headTimeout();

        /** Limits the time until a body that is held in memory has arrived. */
        @WithDefault("30s")
        Duration documentTimeout();

        /** Limits the time until one message to a socket has arrived, in one frame or in several. */
        @WithDefault("30s")
        Duration messageTimeout();

        /**
         * Limits how long a ping may wait to be sent to a client that does not read its socket. After this time the service
         * closes the socket.
         */
        @WithDefault("2m")
        Duration pingTimeout();

        /**
         * Limits the mean number of requests per second of each client, with bursts of twice this number. The value 0 removes
         * the limit.
         */
        @WithDefault("100")
        int requestsPerSecond();
    }

    /** Connections that a client of the API causes the service to open. */
    interface Outbound {

        /**
         * Allows the service to connect for a client to these host names, patterns such as {@code *.example.com} and networks
         * such as {@code 10.1.0.0/16}, even if their addresses are private. If this list is set, the service connects to no
         * other addresses.
         */
        Optional<List<String>> allow();

        /**
         * Allows the service to connect to private addresses for a client. By default it may only if it is bound to loopback.
         */
        Optional<Boolean> privateAddresses();
    }
}
