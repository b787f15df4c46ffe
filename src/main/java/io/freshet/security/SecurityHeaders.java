package io.freshet.security;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What tells browsers to be careful with what the service answers. */
final class SecurityHeaders {

    /** Pages load nothing from elsewhere; the page of the API's description writes its scripts and styles into itself. */
    private static final String POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {
    }

    static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", POLICY);
        if (context.request().isSSL()) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (context.request().path() != null && context.request().path().startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        }
    }
}
