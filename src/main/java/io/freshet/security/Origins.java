package io.freshet.security;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may use the service: its own, and those of allowed origins. Browsers do not prevent pages of other
 * origins from opening sockets or from sending simple requests to a service on loopback, so the service must.
 */
final class Origins {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<String> allowed;
    private final List<String> hosts;

    /**
     * @param allowed the allowed origins, such as {@code https://console.example.com}
     * @param hosts the names of the service in addition to localhost
     */
    Origins(List<String> allowed, List<String> hosts) {
        this.allowed = allowed.stream().map(Origins::lower).toList();
        this.hosts = hosts.stream().map(Origins::lower).toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether a request from this origin is allowed.
     *
     * @param origin the header {@code Origin}; null if it is absent, as in requests from programs other than browsers
     * @param host the header {@code Host}
     */
    boolean allow(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains(lower(origin))) {
            return true;
        }
        try {
            String from = URI.create(origin).getRawAuthority();
            return from != null && host != null && lower(from).equals(lower(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns whether an open service may be addressed by this name. The check prevents DNS rebinding, in which a page makes
     * its own name point to loopback.
     */
    boolean isLocal(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = lower(host.replaceFirst(":\\d+$", ""));
        return LOCAL.contains(name) || hosts.contains(name);
    }
}
