package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A problem detail (RFC 9457).
 *
 * @param title what kind of problem
 * @param detail what is wrong here
 * @param field which field it is about
 * @param allowed what the field may hold
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @Nullable String field,
        @Nullable List<String> allowed) {

    static final String MEDIA_TYPE = "application/problem+json";
    private static final int LONGEST_DETAIL = 500;
    private static final int TOO_MANY = 429;

    static Problem of(int status, String detail) {
        return new Problem("about:blank", title(status), status, brief(detail), null, null);
    }

    static Problem of(int status, String field, String detail) {
        return new Problem("about:blank", title(status), status, brief(detail), brief(field), null);
    }

    static Problem tooMany(String detail) {
        return of(TOO_MANY, detail);
    }

    /** A text that may quote the client, who may have sent megabytes. */
    static String brief(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }

    Problem allowing(List<String> values) {
        return new Problem(type, title, status, detail, field, values);
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
