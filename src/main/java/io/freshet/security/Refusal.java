package io.freshet.security;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An answer that ends a request before anybody has looked at it: a problem detail (RFC 9457). */
enum Refusal {

    UNKNOWN(401, "Unauthorized", "say who you are: Authorization: Bearer, with an API key or a token"),
    FORBIDDEN(403, "Forbidden", "your role does not allow this"),
    ORIGIN(403, "Forbidden", "pages of this origin may not use this service"),
    HOST(403, "Forbidden", "this service is open on loopback only, and not under this name"),
    TOO_LARGE(413, "Request Entity Too Large", "the body is too large"),
    ENCODED(415, "Unsupported Media Type", "bodies must not be compressed"),
    TOO_MANY(429, "Too Many Requests", "too many requests; try again in a second");

    private final int status;
    private final String title;
    private final String detail;

    Refusal(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    void answer(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        if (this == UNKNOWN) {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"freshet\"");
        } else if (this == TOO_MANY) {
            context.response().putHeader("Retry-After", "1");
        }
        // a body that nobody reads must not hold the connection
        context.response().putHeader("Connection", "close");
        context.response().setStatusCode(status).putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject().put("type", "about:blank").put("title", title).put("status", status)
                        .put("detail", detail).encode());
    }
}
