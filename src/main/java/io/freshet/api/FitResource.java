package io.freshet.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.common.annotation.Blocking;

/** Shows and cancels the fits of models. */
@Path("/api/v1/models/{name}/fit")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class FitResource {

    private final ModelFits fits;

    public FitResource(ModelFits fits) {
        this.fits = fits;
    }

    @GET
    @Operation(summary = "Return the progress of a fit", description = "The latest fit of the model on this instance, with its epoch, "
            + "losses and the estimated time left if it trains.")
    @APIResponse(responseCode = "404", description = "The model was not fitted since the service started")
    public FitView get(@PathParam("name") String name) {
        return fits.find(name).orElseThrow(() -> notFound(name));
    }

    @DELETE
    @Operation(summary = "Cancel a fit", description = "Training ends after its current step. The model keeps its version.")
    @APIResponse(responseCode = "404", description = "No fit of the model is under way")
    public void cancel(@PathParam("name") String name) {
        if (!fits.cancel(name)) {
            throw notFound(name);
        }
    }

    private static ProblemException notFound(String name) {
        return new ProblemException(Problem.of(404, "name", "no fit of a model " + name));
    }
}
