package io.freshet.security;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** A problem detail (RFC 9457) that rejects a request before it is processed. */
enum Refusal {

    NO_HOST(400, "malformed-request", "Malformed request", "the header Host is missing"),
    UNKNOWN(401, "unauthenticated", "Authentication required",
            "send an API key or a token in the header Authorization: Bearer"),
    FORBIDDEN(403, "forbidden", "Forbidden", "your role does not allow this"),
    ORIGIN(403, "forbidden", "Forbidden", "pages of this origin may not use this service"),
    HOST(403, "forbidden", "Forbidden", "this service is open on loopback only, and not under this name"),
    TOO_LARGE(413, "body-too-large", "Body too large", "the body is too large"),
    ENCODED(415, "unsupported-media-type", "Unsupported media type",
            "bodies must not be compressed; only tables may be, by gzip or zstd"),
    TOO_MANY(429, "too-many-requests", "Too many requests", "too many requests; try again in a second");

    /** How clients without valid credentials are asked for them. */
    static final String CHALLENGE = "Bearer realm=\"freshet\"";

    private final int status;
    private final String kind;
    private final String title;
    private final String detail;

    /** @param kind the kind of problem, one of those of the API, with its title */
    Refusal(int status, String kind, String title, String detail) {
        this.status = status;
        this.kind = kind;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String type() {
        return "/problems/" + kind;
    }

    String title() {
        return title;
    }

    /**
     * Rejects a request, and logs it to the audit log.
     *
     * @param who the name of the caller, if it is known
     */
    void answer(RoutingContext context, String who) {
        AuditLog.refused(who, context, status);
        if (context.response().ended()) {
            return;
        }
        if (this == UNKNOWN) {
            context.response().putHeader("WWW-Authenticate", CHALLENGE);
        } else if (this == TOO_MANY) {
            context.response().putHeader("Retry-After", "1");
        }
        // an unread body must not keep the connection open
        context.response().putHeader("Connection", "close");
        context.response().setStatusCode(status).putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject().put("type", type()).put("title", title).put("status", status)
                        .put("detail", detail).encode());
    }
}
