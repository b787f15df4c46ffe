package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import io.freshet.table.TableFormat;

/** A body must say what it is; without that it would be taken for whatever an endpoint reads. */
class ContentTypeNeeded {

    private static final int UNSUPPORTED = 415;

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext request) {
        boolean said = request.getHeaderString("Content-Type") != null;
        return said || !hasBody(request) ? null
                : Problem.of(UNSUPPORTED, "Content-Type", "the header that says what the body is is missing")
                        .allowing(List.of(TableFormat.CSV.mediaType(), TableFormat.NDJSON.mediaType(),
                                TableFormat.JSON.mediaType(), "application/yaml"))
                        .response();
    }

    /** PUT replaces something by a body, even by an empty one. */
    private static boolean hasBody(ContainerRequestContext request) {
        return request.getMethod().equals("PUT") || request.getHeaderString("Transfer-Encoding") != null
                || request.getLength() > 0;
    }
}
