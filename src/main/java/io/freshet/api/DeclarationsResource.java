package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.freshet.stream.declared.Declaration;
import io.freshet.stream.declared.Declarations;
import io.smallrye.common.annotation.Blocking;

/** Serves the files that declare streams and models, and what is wrong with them. */
@Path("/api/v1/declarations")
@Tag(name = "Operations")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class DeclarationsResource {

    private final Declarations declarations;

    public DeclarationsResource(Declarations declarations) {
        this.declarations = declarations;
    }

    @GET
    @Operation(summary = "List the files that declare streams and models")
    public List<Declaration> list() {
        return declarations.list();
    }
}
