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

import io.freshet.stream.FailedStream;
import io.freshet.stream.Streams;
import io.freshet.stream.alert.AlertEvent;
import io.freshet.stream.alert.Alerts;
import io.freshet.stream.cluster.ShardedStreams;
import io.freshet.stream.cluster.StreamReports;
import io.freshet.stream.health.AlertConfig;
import io.freshet.stream.health.StreamHealth;
import io.smallrye.common.annotation.Blocking;

/** The health and the alerts of streams. */
@Path("/api/v1")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class AlertsResource {

    private static final int MAX_EVENTS = 10_000;

    private final Streams streams;
    private final StreamLocator known;
    private final ShardedStreams sharded;
    private final StreamReports reports;
    private final AlertConfig config;
    private final Alerts events;

    AlertsResource(Streams streams, StreamLocator known, ShardedStreams sharded, StreamReports reports, AlertConfig config,
            Alerts events) {
        this.sharded = sharded;
        this.reports = reports;
        this.known = known;
        this.streams = streams;
        this.config = config;
        this.events = events;
    }

    @GET
    @Path("/alerts")
    @Operation(summary = "List the streams that are not healthy, with the reasons")
    public List<StreamHealth> alerts() {
        return streams.health(config).stream().filter(health -> !health.alerts().isEmpty()).toList();
    }

    @GET
    @Path("/alerts/events")
    @Operation(summary = "List alert events, newest first", description = "The events are raised, updated (when the value has "
            + "at least doubled or halved) and cleared. The socket /alerts sends the same events as they happen.")
    public List<AlertEvent> events(@QueryParam("count") @DefaultValue("100") int count) {
        if (count < 1 || count > MAX_EVENTS) {
            throw new ProblemException(
                    Problem.of(422, "count", "count must be 1 to " + MAX_EVENTS + ", not " + count));
        }
        return events.last(count);
    }

    @GET
    @Path("/streams/{name}/health")
    @Operation(summary = "Return whether a stream is healthy or degraded")
    public StreamHealth health(@PathParam("name") String name) {
        return streams.findFailed(name).map(FailedStream::health)
                .or(() -> sharded.health(name, config))
                .orElseGet(() -> streams.find(name).isEmpty() ? elsewhere(name) : StreamHealth.of(known.here(name), config));
    }

    private StreamHealth elsewhere(String name) {
        return reports.find(name).filter(report -> known.elsewhere(name).isPresent()).map(StreamReports.Report::health)
                .orElseGet(() -> StreamHealth.of(known.here(name), config));
    }
}
