package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A problem detail (RFC 9457).
 *
 * @param type the type of its {@link ProblemKind}
 * @param title the title of its kind
 * @param detail what is wrong in this case
 * @param field the field that it is about
 * @param allowed the values that the field may have
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @Nullable String field,
        @Nullable List<String> allowed) {

    static final String MEDIA_TYPE = "application/problem+json";
    private static final int MAX_DETAIL_LENGTH = 500;
    private static final int TOO_MANY = 429;

    static Problem of(int status, String detail) {
        return ProblemKind.ofStatus(status)
                .map(kind -> new Problem(kind.type(), kind.title(), status, brief(detail), null, null))
                .orElseGet(() -> new Problem("about:blank", title(status), status, brief(detail), null, null));
    }

    static Problem of(int status, String field, String detail) {
        return of(status, detail).about(field);
    }

    static Problem of(ProblemKind kind, String field, String detail) {
        return new Problem(kind.type(), kind.title(), kind.status(), brief(detail), brief(field), null);
    }

    static Problem tooMany(String detail) {
        return of(TOO_MANY, detail);
    }

    /** Shortens a text that may quote the client, who may have sent megabytes. */
    static String brief(String text) {
        return text.length() <= MAX_DETAIL_LENGTH ? text : text.substring(0, MAX_DETAIL_LENGTH) + "…";
    }

    private Problem about(String of) {
        return new Problem(type, title, status, detail, brief(of), allowed);
    }

    Problem allowing(List<String> values) {
        return new Problem(type, title, status, detail, field, values);
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? status == 507 ? "Insufficient Storage" : "Error" : known.getReasonPhrase();
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
