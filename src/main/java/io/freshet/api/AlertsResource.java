package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.freshet.stream.AlertConfig;
import io.freshet.stream.StreamHealth;
import io.freshet.stream.Streams;
import io.smallrye.common.annotation.Blocking;

/** Whether streams do what they should. */
@Path("/api/v1")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class AlertsResource {

    private final Streams streams;
    private final AlertConfig config;

    public AlertsResource(Streams streams, AlertConfig config) {
        this.streams = streams;
        this.config = config;
    }

    @GET
    @Path("/alerts")
    @Operation(summary = "The streams that are not healthy, and why")
    public List<StreamHealth> alerts() {
        return streams.list().stream().map(stream -> StreamHealth.of(stream, config))
                .filter(health -> !health.alerts().isEmpty()).toList();
    }

    @GET
    @Path("/streams/{name}/health")
    @Operation(summary = "Whether a stream is healthy or degraded")
    public StreamHealth health(@PathParam("name") String name) {
        return StreamHealth.of(streams.find(name)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "name", "there is no stream " + name))), config);
    }
}
