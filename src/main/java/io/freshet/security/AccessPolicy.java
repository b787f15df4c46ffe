package io.freshet.security;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Applies the {@link AccessRules} to every request, REST and sockets alike. Requests that need no role are not authenticated,
 * so that a wrong key does not keep a client from public pages.
 */
@ApplicationScoped
public class AccessPolicy implements HttpSecurityPolicy {

    private final AccessRules rules;

    public AccessPolicy(SecurityConfig config) {
        this.rules = new AccessRules(config.publicPaths().orElse(List.of()));
    }

    @Override
    public Uni<CheckResult> checkPermission(RoutingContext context, Uni<SecurityIdentity> identity,
            AuthorizationRequestContext request) {
        return needed(context)
                .map(role -> identity.map(caller -> caller.hasRole(role.id()) ? CheckResult.PERMIT : CheckResult.DENY))
                .orElseGet(CheckResult::permit);
    }

    /** Sockets share the path of the console's page, so a request that wants any other protocol is not public. */
    private Optional<Role> needed(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Role> needed = isPreflight(request) ? Optional.empty()
                : rules.needed(request.method().name(), context.normalizedPath());
        return wantsSocket(request) ? needed.or(() -> Optional.of(AccessRules.neededForSocket())) : needed;
    }

    /** The server takes a request for the handshake of a socket by its key alone. */
    private static boolean wantsSocket(HttpServerRequest request) {
        return request.getHeader("Upgrade") != null || request.getHeader("Sec-WebSocket-Key") != null;
    }

    /** Returns whether the request is a CORS preflight, which browsers send without credentials. */
    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().name().equals("OPTIONS") && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Returns whether a request changes something and therefore belongs in the audit log. */
    boolean isChange(RoutingContext context) {
        return rules.isChange(context.request().method().name(), context.normalizedPath());
    }
}
