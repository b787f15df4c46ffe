package io.freshet.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which role a request needs. What is not known to be harmless needs more, so that a new endpoint is never more open than it
 * should be.
 */
final class AccessRules {

    /** Probes answer anybody: the platform asks without a key, and they say nothing but how it is. */
    private static final Set<String> PROBES = Set.of("/q/health/live", "/q/health/ready", "/q/health/started");
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH");
    /** Questions that are asked with a body. */
    private static final Pattern QUESTIONS = Pattern
            .compile("/api/v1/(models/[A-Za-z0-9._-]+/(samples|evaluate)|retail/events/[A-Za-z0-9._-]+)");

    private final List<String> publicPaths;

    AccessRules(List<String> publicPaths) {
        this.publicPaths = List.copyOf(publicPaths);
    }

    /**
     * @param path normalised
     * @return empty if it needs none
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
        return PROBES.contains(path) || !path.startsWith("/api") && publicPaths.stream()
                .anyMatch(pattern -> pattern.endsWith("/*")
                        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                        : path.equals(pattern));
    }

    /** Whether it changes something, and so belongs into the audit log. */
    boolean isChange(String method, String path) {
        return needed(method, path).map(role -> role != Role.READ).orElse(false);
    }
}
