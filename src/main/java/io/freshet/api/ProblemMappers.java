package io.freshet.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

import io.freshet.model.ConditionException;
import io.freshet.model.ModelFileException;
import io.freshet.retail.RetailException;
import io.freshet.store.StoreFullException;
import io.freshet.stream.StreamConflictException;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.table.TableException;

/** Maps every error of the API to a problem detail. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** Insufficient Storage (RFC 4918). */
    private static final int INSUFFICIENT_STORAGE = 507;

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.problem().response();
    }

    @ServerExceptionMapper
    Response table(TableException e) {
        return Problem.of(ProblemKind.INVALID_TABLE, "body", String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response modelFile(ModelFileException e) {
        return Problem.of(ProblemKind.INVALID_MODEL_FILE, "body", String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response condition(ConditionException e) {
        return Problem.of(ProblemKind.INVALID_CONDITION, "conditions." + e.column(), String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response definition(DefinitionException e) {
        return Problem.of(ProblemKind.INVALID_DEFINITION, e.path(), String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response conflict(StreamConflictException e) {
        return Problem.of(409, e.path(), String.valueOf(e.getMessage())).response();
    }

    /** Not the client's fault, but that of the configured files. */
    @ServerExceptionMapper
    Response retail(RetailException e) {
        return Problem.of(500, String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response store(UncheckedIOException e) {
        LOG.errorf("Stored data is not available: reason=%s", e.getMessage());
        return Problem.of(503, "stored data is not available; try again").response();
    }

    /** Handles a form that ends early, or has no parts, and so fails before any resource method is called. */
    @ServerExceptionMapper
    Response body(IOException e, ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type == null || !type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)
                || !String.valueOf(e.getMessage()).startsWith("Connection terminated parsing multipart")) {
            return defect(e);
        }
        return Problem.of(ProblemKind.MALFORMED_REQUEST, "body", "the form has no parts, or ends before its last part does")
                .response();
    }

    /** A form with a part whose headers cannot be read. */
    @ServerExceptionMapper
    Response form(MultipartParser.MalformedMessageException e) {
        return Problem.of(ProblemKind.MALFORMED_REQUEST, "body", "a part of the form has headers that cannot be read")
                .response();
    }

    @ServerExceptionMapper
    Response storeFull(StoreFullException e) {
        LOG.errorf("Store is full: reason=%s", e.getMessage());
        return Problem.of(INSUFFICIENT_STORAGE, "nothing was saved: " + e.getMessage()).response();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri) {
        return Problem.of(404, "nothing exists at " + uri.getPath()).response();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e) {
        return Problem.of(405, "this path does not support the method of the request").response();
    }

    @ServerExceptionMapper
    Response notSupported(NotSupportedException e, ContainerRequestContext request) {
        return ContentTypeNeeded.unsupported(request, "the operation does not accept "
                + Objects.requireNonNullElse(request.getHeaderString("Content-Type"), "a body without a Content-Type"));
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return Problem.of(status, status < 500 ? "the request is not valid" : "internal error").response();
    }

    @ServerExceptionMapper
    Response defect(Throwable e) {
        LOG.error("Request failed with an internal error", e);
        return Problem.of(500, "internal error; the log has the cause").response();
    }
}
