package io.freshet.api;

import java.util.Arrays;
import java.util.List;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import io.freshet.table.TableFormat;

/**
 * A body must say what it is; without that it would be taken for whatever an endpoint reads, and nonsense is no type at all.
 */
class ContentTypeNeeded {

    private static final int UNSUPPORTED = 415;
    private static final int NOT_ACCEPTABLE = 406;

    @ServerRequestFilter(preMatching = true)
    @Nullable
    Response check(ContainerRequestContext request) {
        String type = request.getHeaderString("Content-Type");
        if (type == null ? hasBody(request) : !isMediaType(type)) {
            return Problem.of(UNSUPPORTED, "Content-Type", "the header must say what the body is")
                    .allowing(List.of(TableFormat.CSV.mediaType(), TableFormat.NDJSON.mediaType(),
                            TableFormat.JSON.mediaType(), "application/yaml"))
                    .response();
        }
        String accepted = request.getHeaderString("Accept");
        return accepted == null || Arrays.stream(accepted.split(",")).allMatch(ContentTypeNeeded::isMediaType) ? null
                : Problem.of(NOT_ACCEPTABLE, "Accept", "the header must be a list of media types").response();
    }

    private static boolean isMediaType(String text) {
        try {
            MediaType.valueOf(text.strip());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** PUT replaces something by a body, even by an empty one; and a model cannot learn from nothing. */
    private static boolean hasBody(ContainerRequestContext request) {
        return request.getMethod().equals("PUT") || request.getUriInfo().getPath().endsWith("/partial-fit")
                || request.getHeaderString("Transfer-Encoding") != null
                || request.getLength() > 0;
    }
}
