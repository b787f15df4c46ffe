package io.freshet.api;

import java.net.URI;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;

/** The root of the server, for browsers; sockets are served there too. */
@Path("/")
public class HomeResource {

    @GET
    @Operation(hidden = true)
    public Response home() {
        return Response.seeOther(URI.create("/q/swagger-ui/")).build();
    }
}
