package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.freshet.stream.AlertConfig;
import io.freshet.stream.AlertEvent;
import io.freshet.stream.Alerts;
import io.freshet.stream.StreamHealth;
import io.freshet.stream.Streams;
import io.smallrye.common.annotation.Blocking;

/** Whether streams do what they should. */
@Path("/api/v1")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class AlertsResource {

    private static final int MOST_EVENTS = 10_000;

    private final Streams streams;
    private final KnownStreams known;
    private final AlertConfig config;
    private final Alerts events;

    AlertsResource(Streams streams, KnownStreams known, AlertConfig config, Alerts events) {
        this.known = known;
        this.streams = streams;
        this.config = config;
        this.events = events;
    }

    @GET
    @Path("/alerts")
    @Operation(summary = "The streams that are not healthy, and why")
    public List<StreamHealth> alerts() {
        return streams.list().stream().map(stream -> StreamHealth.of(stream, config))
                .filter(health -> !health.alerts().isEmpty()).toList();
    }

    @GET
    @Path("/alerts/events")
    @Operation(summary = "What has happened to alerts, newest first", description = "raised, updated when the value has at least doubled or halved, cleared; the socket /alerts tells the same as it happens.")
    public List<AlertEvent> events(@QueryParam("count") @DefaultValue("100") int count) {
        if (count < 1 || count > MOST_EVENTS) {
            throw new ProblemException(
                    Problem.of(422, "count", "count must be 1 to " + MOST_EVENTS + ", not " + count));
        }
        return events.last(count);
    }

    @GET
    @Path("/streams/{name}/health")
    @Operation(summary = "Whether a stream is healthy or degraded")
    public StreamHealth health(@PathParam("name") String name) {
        return StreamHealth.of(known.here(name), config);
    }
}
