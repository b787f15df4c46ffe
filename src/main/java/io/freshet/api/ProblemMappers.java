package io.freshet.api;

import java.io.UncheckedIOException;
import java.util.List;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.freshet.model.ConditionException;
import io.freshet.model.ModelFileException;
import io.freshet.retail.RetailException;
import io.freshet.stream.DefinitionException;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;

/** Every error of the API as a problem detail. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.problem().response();
    }

    @ServerExceptionMapper
    Response table(TableException e) {
        return Problem.of(422, "body", String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response modelFile(ModelFileException e) {
        return Problem.of(422, "body", String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response condition(ConditionException e) {
        return Problem.of(422, "conditions." + e.column(), String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response definition(DefinitionException e) {
        return Problem.of(422, e.path(), String.valueOf(e.getMessage())).response();
    }

    /** Not the client's fault: the files that the service was given. */
    @ServerExceptionMapper
    Response retail(RetailException e) {
        return Problem.of(500, String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response store(UncheckedIOException e) {
        LOG.errorf("What is kept cannot be reached: reason=%s", e.getMessage());
        return Problem.of(503, "what is kept cannot be reached; try again").response();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri) {
        return Problem.of(404, "there is nothing at " + uri.getPath()).response();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e) {
        return Problem.of(405, "this address does not take the method of the request").response();
    }

    @ServerExceptionMapper
    Response notSupported(NotSupportedException e) {
        return Problem.of(415, "Content-Type", "the body is of a media type that is not taken here")
                .allowing(List.of(TableFormat.CSV.mediaType(), TableFormat.NDJSON.mediaType(), TableFormat.JSON.mediaType(),
                        "application/yaml"))
                .response();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return Problem.of(status, status < 500 ? "the request cannot be understood" : "something went wrong").response();
    }

    @ServerExceptionMapper
    Response defect(Throwable e) {
        LOG.error("A request failed by a defect", e);
        return Problem.of(500, "something went wrong; the log says what").response();
    }
}
