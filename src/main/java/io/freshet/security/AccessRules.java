package io.freshet.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which role a request needs. Requests that are not known to be harmless need a higher role, so that a new endpoint is
 * never more open than intended.
 */
final class AccessRules {

    /** Probes need no role, because the platform calls them without a key and they reveal nothing but the service's health. */
    private static final Set<String> PROBES = Set.of("/q/health/live", "/q/health/ready", "/q/health/started");
    /**
     * Files that hold no data: the console needs its own to ask for a key, and editors read the schemas.
     */
    private static final List<String> FILES = List.of("/console/", "/schemas/");
    private static final Set<String> CONSOLE_PAGES = Set.of("/", "/index.html");
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH");
    /** Queries that send a body. */
    private static final Pattern QUESTIONS = Pattern
            .compile("/api/v1/(models/[A-Za-z0-9._-]+/(samples|evaluate)|retail/events(/[A-Za-z0-9._-]+)?)");

    private final List<String> publicPaths;

    AccessRules(List<String> publicPaths) {
        this.publicPaths = List.copyOf(publicPaths);
    }

    /**
     * Returns the role that a socket needs. No socket is public, even if its path serves a public page as well.
     */
    static Role neededForSocket() {
        return Role.READ;
    }

    /**
     * Returns the role that a request other than the handshake of a socket needs.
     *
     * @param path the normalised path
     * @return empty if the request needs no role
     */
    Optional<Role> needed(String method, String path) {
        if (LOOKING.contains(method)) {
            return isPublic(path) ? Optional.empty() : Optional.of(Role.READ);
        }
        if (method.equals("POST") && QUESTIONS.matcher(path).matches()) {
            return Optional.of(Role.READ);
        }
        return Optional.of(CHANGING.contains(method) ? Role.OPERATE : Role.ADMIN);
    }

    private boolean isPublic(String path) {
        return PROBES.contains(path) || CONSOLE_PAGES.contains(path) || FILES.stream().anyMatch(path::startsWith)
                || !path.startsWith("/api") && publicPaths.stream()
                        .anyMatch(pattern -> pattern.endsWith("/*")
                                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                                : path.equals(pattern));
    }

    /** Returns whether a request changes something and therefore belongs in the audit log. */
    boolean isChange(String method, String path) {
        return needed(method, path).map(role -> role != Role.READ).orElse(false);
    }
}
