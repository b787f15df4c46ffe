package io.freshet.security;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Guards every request of the service, REST and sockets alike, around what Quarkus Security decides: before it by size, origin
 * and host, after it by the rate of the caller. Logs changes to the audit log.
 */
@ApplicationScoped
public class SecurityFilter {

    private static final Logger LOG = Logger.getLogger(SecurityFilter.class);
    private static final String UNKNOWN = "unknown";
    /** Runs before all handlers of requests except the one that counts open requests. */
    private static final int FIRST = 9_000;
    private static final int AFTER_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 1;

    private final AccessMode accessMode;
    private final AccessPolicy policy;
    private final Origins origins;
    private final BodyLimits bodies;
    private final RequestRates rates;
    private final SlowRequests slow;

    public SecurityFilter(AccessMode accessMode, AccessPolicy policy, SecurityConfig config,
            @ConfigProperty(name = "quarkus.websockets-next.server.max-message-size") int maxMessageSize) {
        this.accessMode = accessMode;
        this.policy = policy;
        this.origins = new Origins(config.origins().orElse(List.of()), config.hosts().orElse(List.of()));
        this.bodies = new BodyLimits(config.limits().documentSize().asLongValue());
        this.slow = new SlowRequests(config.limits().headTimeout(), config.limits().documentTimeout(),
                new SocketLimits(maxMessageSize, config.limits().messageTimeout(), config.limits().pingTimeout()));
        this.rates = new RequestRates(config.limits().requestsPerSecond(), System::nanoTime);
    }

    void register(@Observes Filters filters) {
        LOG.infof("Access control: %s", accessMode.methods());
        filters.register(this::look, FIRST).register(this::admit, AFTER_AUTHORIZATION);
    }

    /** Answers denied requests before the failure handlers of REST, which would answer for sockets and pages as well. */
    void register(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(SecurityFilter::denied);
    }

    private static void denied(RoutingContext context) {
        if (context.failure() instanceof AuthenticationFailedException) {
            Refusal.UNKNOWN.answer(context, UNKNOWN);
        } else if (context.failure() instanceof ForbiddenException) {
            Refusal.FORBIDDEN.answer(context, Caller.of(context).map(Caller::name).orElse(UNKNOWN));
        } else {
            context.next();
        }
    }

    private void look(RoutingContext context) {
        slow.arrived(context);
        SecurityHeaders.add(context);
        refusal(context.request()).ifPresentOrElse(refusal -> refusal.answer(context, UNKNOWN), context::next);
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

    private void admit(RoutingContext context) {
        Optional<Caller> caller = Caller.of(context);
        if (caller.isPresent() && !accessMode.isOpen() && !rates.allow(caller.get().name())) {
            Refusal.TOO_MANY.answer(context, caller.get().name());
            return;
        }
        if (caller.isPresent() && policy.isChange(context)) {
            context.addEndHandler(ended -> AuditLog.changed(caller.get(), context, outcome(context, ended)));
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
}
