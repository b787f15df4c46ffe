package io.freshet.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.freshet.security.AccessMode;
import io.freshet.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;

/** Describes the caller's own access, so that a user interface offers only what the service allows. */
@Path("/api/v1/access")
@Tag(name = "Operations")
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class AccessResource {

    private final AccessMode accessMode;
    private final SecurityIdentity identity;

    AccessResource(AccessMode accessMode, SecurityIdentity identity) {
        this.accessMode = accessMode;
        this.identity = identity;
    }

    /**
     * The access of a caller.
     *
     * @param open whether the service is open, so that no key is needed
     * @param name the name of the key or token; {@code local} if the service is open
     * @param role read, operate or admin
     */
    public record AccessView(boolean open, String name, String role) {
    }

    @GET
    @Operation(summary = "Who the caller is, and which role it has")
    public AccessView access() {
        Caller caller = Caller.of(identity).orElseThrow();
        return new AccessView(accessMode.isOpen(), caller.name(), caller.role().id());
    }
}
