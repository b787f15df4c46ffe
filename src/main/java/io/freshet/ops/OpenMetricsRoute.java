package io.freshet.ops;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jspecify.annotations.Nullable;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers requests for metrics that accept nothing but OpenMetrics. Quarkus' own route compares their media type with one that
 * has parameters, and refuses {@code Accept: application/openmetrics-text} with 406.
 */
@ApplicationScoped
public class OpenMetricsRoute {

    private static final String PATH = "/q/metrics";
    private static final String MEDIA_TYPE = "application/openmetrics-text";
    private static final String CONTENT_TYPE = MEDIA_TYPE + "; version=1.0.0; charset=utf-8";
    /** Before the route of Quarkus, whose order is positive. */
    private static final int ORDER = -1;

    private final PrometheusMeterRegistry registry;

    public OpenMetricsRoute(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void register(@Observes Router router) {
        router.get(PATH).order(ORDER).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        if (!acceptsOnlyOpenMetrics(request.request().getHeader("Accept"))) {
            request.next();
            return;
        }
        request.vertx().executeBlocking(() -> registry.scrape(CONTENT_TYPE))
                .onSuccess(text -> request.response().putHeader("Content-Type", CONTENT_TYPE).end(text))
                .onFailure(request::fail);
    }

    /** Returns whether a client accepts OpenMetrics, but neither plain text nor everything. */
    static boolean acceptsOnlyOpenMetrics(@Nullable String accept) {
        String types = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        return (types.contains(MEDIA_TYPE) || types.contains("application/*")) && !types.contains("text/")
                && !types.contains("*/*");
    }
}
