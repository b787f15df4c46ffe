package io.freshet.security;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * Guards every request of the service, REST and sockets alike. It checks origin, body size, identity, role and rate, and logs
 * changes to the audit log.
 */
@ApplicationScoped
public class SecurityFilter {

    private static final Logger LOG = Logger.getLogger(SecurityFilter.class);
    /**
     * A header added to requests with a token: when the token expires, in milliseconds since 1970. A value that a client sends
     * is removed.
     */
    public static final String TOKEN_ENDS = "X-Freshet-Token-Ends";
    /** A header added to requests with a key: the hash of the key. A value that a client sends is removed. */
    public static final String KEY_HASH = "X-Freshet-Key-Hash";
    /** The key under which a routing context holds the {@link Caller} of an admitted request. */
    public static final String CALLER = "freshet.caller";
    /** Runs before all handlers of requests except the one that counts open requests. */
    private static final int PRIORITY = 9_000;

    private final AccessMode accessMode;
    private final ApiKeys keys;
    private final Tokens tokens;
    private final AccessRules rules;
    private final Origins origins;
    private final BodyLimits bodies;
    private final RequestRates rates;
    private final SlowRequests slow;

    public SecurityFilter(AccessMode accessMode, ApiKeys keys, Tokens tokens, SecurityConfig config,
            @ConfigProperty(name = "quarkus.websockets-next.server.max-message-size") int maxMessageSize) {
        this.accessMode = accessMode;
        this.keys = keys;
        this.tokens = tokens;
        this.rules = new AccessRules(config.publicPaths().orElse(List.of()));
        this.origins = new Origins(config.origins().orElse(List.of()), config.hosts().orElse(List.of()));
        this.bodies = new BodyLimits(config.limits().documentSize().asLongValue());
        this.slow = new SlowRequests(config.limits().headTimeout(), config.limits().documentTimeout(),
                new SocketLimits(maxMessageSize, config.limits().messageTimeout(), config.limits().pingTimeout()));
        this.rates = new RequestRates(config.limits().requestsPerSecond(), System::nanoTime);
    }

    void register(@Observes Filters filters) {
        LOG.infof("Access control: %s", accessMode.methods());
        filters.register(this::look, PRIORITY);
    }

    private void look(RoutingContext context) {
        slow.arrived(context);
        SecurityHeaders.add(context);
        context.request().headers().remove(TOKEN_ENDS).remove(KEY_HASH);
        Optional<Refusal> refusal = refusal(context.request());
        if (refusal.isPresent()) {
            refuse(context, "unknown", refusal.get());
            return;
        }
        Optional<Role> needed = needed(context);
        if (accessMode.isOpen()) {
            admit(context, Caller.LOCAL);
        } else if (needed.isEmpty() || isPreflight(context.request())) {
            context.next();
        } else {
            identify(context, needed.get());
        }
    }

    /** Sockets share the path of the console's page, so a request that wants any other protocol is not public. */
    private Optional<Role> needed(RoutingContext context) {
        Optional<Role> needed = rules.needed(context.request().method().name(), path(context));
        return needed.isEmpty() && context.request().getHeader("Upgrade") != null
                ? Optional.of(AccessRules.neededForSocket())
                : needed;
    }

    private Optional<Refusal> refusal(HttpServerRequest request) {
        String host = request.authority() == null ? null : request.authority().toString();
        if (host == null && request.version() != HttpVersion.HTTP_1_0) {
            return Optional.of(Refusal.NO_HOST);
        }
        if (accessMode.isOpen() && !origins.isLocal(host)) {
            return Optional.of(Refusal.HOST);
        }
        if (!origins.allow(request.getHeader("Origin"), host)) {
            return Optional.of(Refusal.ORIGIN);
        }
        return bodies.refusal(request);
    }

    /** Returns whether the request is a CORS preflight, which browsers send without credentials. */
    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().name().equals("OPTIONS") && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    private void identify(RoutingContext context, Role needed) {
        Optional<Credentials> presented = Credentials.of(context.request());
        if (presented.isEmpty()) {
            refuse(context, "anonymous", Refusal.UNKNOWN);
        } else if (accessMode.takesTokens() && presented.get().isToken()) {
            context.vertx().executeBlocking(() -> tokens.find(presented.get().text()), false).onComplete(
                    found -> decide(context, found.succeeded() ? found.result() : Optional.empty(), needed));
        } else {
            decide(context, keys.find(presented.get().text()), needed);
        }
    }

    private void decide(RoutingContext context, Optional<Caller> caller, Role needed) {
        if (caller.isEmpty()) {
            refuse(context, "unknown", Refusal.UNKNOWN);
        } else if (!caller.get().role().covers(needed)) {
            refuse(context, caller.get().name(), Refusal.FORBIDDEN);
        } else if (!rates.allow(caller.get().name())) {
            refuse(context, caller.get().name(), Refusal.TOO_MANY);
        } else {
            admit(context, caller.get());
        }
    }

    private void admit(RoutingContext context, Caller caller) {
        String method = context.request().method().name();
        String path = path(context);
        caller.until().ifPresent(until -> context.request().headers().set(TOKEN_ENDS, String.valueOf(until.toEpochMilli())));
        caller.keyHash().ifPresent(hash -> context.request().headers().set(KEY_HASH, hash));
        context.put(CALLER, caller);
        if (rules.isChange(method, path)) {
            context.addEndHandler(ended -> AuditLog.changed(caller, method, path, outcome(context, ended),
                    address(context)));
        }
        context.next();
    }

    /**
     * Returns the status for the audit log. A request that its client aborted during its body or before the response has no
     * status.
     */
    private static String outcome(RoutingContext context, AsyncResult<Void> ended) {
        return ended.succeeded() && context.response().ended() ? String.valueOf(context.response().getStatusCode()) : "aborted";
    }

    private static void refuse(RoutingContext context, String who, Refusal refusal) {
        AuditLog.refused(who, context.request().method().name(), path(context), refusal.status(), address(context));
        refusal.answer(context);
    }

    private static String path(RoutingContext context) {
        String path = context.normalizedPath();
        return path == null ? "" : path;
    }

    private static String address(RoutingContext context) {
        SocketAddress from = context.request().remoteAddress();
        return from == null || from.hostAddress() == null ? "unknown" : from.hostAddress();
    }
}
