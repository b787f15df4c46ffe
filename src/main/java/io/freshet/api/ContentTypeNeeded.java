package io.freshet.api;

import java.util.Arrays;
import java.util.List;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Requires a valid Content-Type for every body. Otherwise, a body without one would be read as whatever the endpoint expects.
 */
class ContentTypeNeeded {

    private static final ConsumedTypes CONSUMED = ConsumedTypes.of(QueryCheck.REFLECTED);
    private static final int UNSUPPORTED = 415;
    private static final int NOT_ACCEPTABLE = 406;

    @ServerRequestFilter(preMatching = true)
    @Nullable
    Response check(ContainerRequestContext request) {
        String type = request.getHeaderString("Content-Type");
        if (type == null ? hasBody(request) : !isMediaType(type)) {
            return unsupported(request, type == null ? "the header Content-Type is missing"
                    : "the header Content-Type is not a media type: " + type);
        }
        String accepted = request.getHeaderString("Accept");
        return accepted == null || Arrays.stream(accepted.split(",")).allMatch(ContentTypeNeeded::isMediaType) ? null
                : Problem.of(NOT_ACCEPTABLE, "Accept", "the header must be a list of media types").response();
    }

    /** Rejects a body, and lists the media types that the operation accepts. */
    static Response unsupported(ContainerRequestContext request, String detail) {
        List<String> types = CONSUMED.at(request.getMethod(), request.getUriInfo().getPath());
        Problem problem = Problem.of(UNSUPPORTED, "Content-Type",
                types.isEmpty() ? detail : detail + "; this operation accepts " + String.join(", ", types));
        return (types.isEmpty() ? problem : problem.allowing(types)).response();
    }

    private static boolean isMediaType(String text) {
        try {
            MediaType.valueOf(text.strip());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** PUT replaces a resource even with an empty body, but a model cannot learn from an empty one. */
    private static boolean hasBody(ContainerRequestContext request) {
        return request.getMethod().equals("PUT") || request.getUriInfo().getPath().endsWith("/partial-fit")
                || request.getHeaderString("Transfer-Encoding") != null
                || request.getLength() > 0;
    }
}
