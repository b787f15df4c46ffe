package io.freshet.security;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which web pages may use the service: its own, and those of the origins that are allowed. Browsers do not keep pages of other
 * origins from opening sockets, or from sending simple requests to a service on loopback; so the service does.
 */
final class Origins {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<String> allowed;
    private final List<String> hosts;

    /**
     * @param allowed such as {@code https://console.example.com}
     * @param hosts names of the service, beside localhost
     */
    Origins(List<String> allowed, List<String> hosts) {
        this.allowed = allowed.stream().map(Origins::lower).toList();
        this.hosts = hosts.stream().map(Origins::lower).toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * @param origin the header; null where there is none, as from programs that are no browsers
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
     * Whether a service that is open may be addressed by this name: a page whose name was made to point to loopback uses its
     * own.
     */
    boolean isLocal(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = lower(host.replaceFirst(":\\d+$", ""));
        return LOCAL.contains(name) || hosts.contains(name);
    }
}
