package io.freshet.security;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * Stands before everything that the service answers, REST and sockets alike: origin, size, who it is, what he may, how often;
 * and writes down who changed what.
 */
@ApplicationScoped
public class Gate {

    private static final Logger LOG = Logger.getLogger(Gate.class);
    /** Added to requests with a token: when that expires, in milliseconds since 1970. What a client sends is taken away. */
    public static final String TOKEN_ENDS = "X-Freshet-Token-Ends";
    /** Added to requests with a key: its hash. What a client sends is taken away. */
    public static final String KEY_HASH = "X-Freshet-Key-Hash";
    /** Before all that looks at a request, but for what counts those that are open. */
    private static final int PRIORITY = 9_000;

    private final Exposure exposure;
    private final ApiKeys keys;
    private final Tokens tokens;
    private final AccessRules rules;
    private final Origins origins;
    private final BodyLimits bodies;
    private final RequestRates rates;
    private final SlowRequests slow;

    public Gate(Exposure exposure, ApiKeys keys, Tokens tokens, SecurityConfig config) {
        this.exposure = exposure;
        this.keys = keys;
        this.tokens = tokens;
        this.rules = new AccessRules(config.publicPaths().orElse(List.of()));
        this.origins = new Origins(config.origins().orElse(List.of()), config.hosts().orElse(List.of()));
        this.bodies = new BodyLimits(config.limits().documentSize().asLongValue());
        this.slow = new SlowRequests(config.limits().headTimeout(), config.limits().documentTimeout());
        this.rates = new RequestRates(config.limits().requestsPerSecond(), System::nanoTime);
    }

    void register(@Observes Filters filters) {
        LOG.infof("Access is by %s", exposure.methods());
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
        Optional<Role> needed = rules.needed(context.request().method().name(), path(context));
        if (exposure.isOpen()) {
            admit(context, Caller.LOCAL);
        } else if (needed.isEmpty() || isPreflight(context.request())) {
            context.next();
        } else {
            identify(context, needed.get());
        }
    }

    private Optional<Refusal> refusal(HttpServerRequest request) {
        String host = request.authority() == null ? null : request.authority().toString();
        if (exposure.isOpen() && !origins.isLocal(host)) {
            return Optional.of(Refusal.HOST);
        }
        if (!origins.allow(request.getHeader("Origin"), host)) {
            return Optional.of(Refusal.ORIGIN);
        }
        return bodies.refusal(request);
    }

    /** A browser asks, without credentials, whether it may ask. */
    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().name().equals("OPTIONS") && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    private void identify(RoutingContext context, Role needed) {
        Optional<Credentials> presented = Credentials.of(context.request());
        if (presented.isEmpty()) {
            refuse(context, "nobody", Refusal.UNKNOWN);
        } else if (exposure.takesTokens() && presented.get().isToken()) {
            context.vertx().executeBlocking(() -> tokens.find(presented.get().text()), false).onComplete(
                    found -> decide(context, found.succeeded() ? found.result() : Optional.empty(), needed));
        } else {
            decide(context, keys.find(presented.get().text()), needed);
        }
    }

    private void decide(RoutingContext context, Optional<Caller> caller, Role needed) {
        if (caller.isEmpty()) {
            refuse(context, "somebody", Refusal.UNKNOWN);
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
        if (rules.isChange(method, path)) {
            context.addEndHandler(ended -> AuditLog.changed(caller, method, path, context.response().getStatusCode(),
                    address(context)));
        }
        context.next();
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
