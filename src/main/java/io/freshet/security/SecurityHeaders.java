package io.freshet.security;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** Adds the response headers that make browsers treat responses restrictively, and ask for new files after an upgrade. */
final class SecurityHeaders {

    /** Pages load nothing from elsewhere, and run nothing that is written into a page. */
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** The page of the API's description uses inline scripts, and reports as pages use inline styles. */
    private static final String POLICY_WITH_INLINE = "default-src 'self'; script-src 'self' 'unsafe-inline'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String POLICY_OF_REPORTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {
    }

    static void add(RoutingContext context) {
        String path = context.request().path() == null ? "" : context.request().path();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", policy(path));
        if (context.request().isSSL()) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (path.startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        } else if (!path.startsWith("/q/")) {
            // the files of the console keep their names from version to version, and fit only each other
            headers.set("Cache-Control", "no-cache");
        }
    }

    private static String policy(String path) {
        return path.startsWith("/q/") ? POLICY_WITH_INLINE : path.startsWith("/api/") ? POLICY_OF_REPORTS : POLICY;
    }
}
