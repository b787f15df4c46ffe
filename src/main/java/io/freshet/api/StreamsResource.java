package io.freshet.api;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.freshet.security.Secrets;
import io.freshet.stream.Stream;
import io.freshet.stream.StreamDefinition;
import io.freshet.stream.StreamStatistics;
import io.freshet.stream.Streams;
import io.smallrye.common.annotation.Blocking;

/** Streams: started from a definition, watched, paused, resumed, stopped, deleted. */
@Path("/api/v1")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class StreamsResource {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Streams streams;
    private final StreamAdmission admission;

    StreamsResource(Streams streams, StreamAdmission admission) {
        this.streams = streams;
        this.admission = admission;
    }

    /** A stream as the API shows it. */
    public record StreamView(String name, String state, JsonNode definition, StreamStatistics statistics) {

        static StreamView of(Stream stream) {
            return new StreamView(stream.name(), stream.state().id(), Secrets.masked(stream.definition().shown()),
                    stream.statistics());
        }
    }

    @POST
    @Path("/streams")
    @Consumes({ MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml" })
    @Operation(summary = "Start a stream", description = "The body is a stream definition, as JSON or YAML.")
    public Response create(@HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType, String body) {
        JsonNode json;
        try {
            json = (contentType != null && contentType.contains("yaml") ? YAML : JSON).readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.of(400, "body", "the body cannot be read: " + e.getOriginalMessage()));
        }
        StreamDefinition definition = StreamDefinition.parse(json);
        admission.check(definition);
        Stream stream = streams.create(definition);
        return Response.status(201).entity(StreamView.of(stream)).build();
    }

    @GET
    @Path("/streams")
    @Operation(summary = "All streams")
    public List<StreamView> list() {
        return streams.list().stream().map(StreamView::of).toList();
    }

    @GET
    @Path("/streams/{name}")
    @Operation(summary = "One stream")
    public StreamView get(@PathParam("name") String name) {
        return StreamView.of(find(name));
    }

    @GET
    @Path("/streams/{name}/statistics")
    @Operation(summary = "What a stream has done")
    public StreamStatistics statistics(@PathParam("name") String name) {
        return find(name).statistics();
    }

    @POST
    @Path("/streams/{name}/pause")
    @Operation(summary = "Pause a stream")
    public StreamView pause(@PathParam("name") String name) {
        Stream stream = find(name);
        stream.pause();
        return StreamView.of(stream);
    }

    @POST
    @Path("/streams/{name}/resume")
    @Operation(summary = "Let a paused stream go on")
    public StreamView resume(@PathParam("name") String name) {
        Stream stream = find(name);
        stream.resume();
        return StreamView.of(stream);
    }

    @POST
    @Path("/streams/{name}/seek")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Go on elsewhere in the topic that a stream reads", description = "To the beginning, the end, a moment such as "
            + "2026-03-18T00:00:00Z (or milliseconds since 1970), or offsets by partition such as {\"0\": 4711}.")
    public StreamView seek(@PathParam("name") String name, JsonNode request) {
        Stream stream = find(name);
        try {
            stream.seek(SeekRequest.parse(request));
        } catch (UnsupportedOperationException e) {
            throw new ProblemException(Problem.of(409, "name", String.valueOf(e.getMessage())));
        }
        return StreamView.of(stream);
    }

    @POST
    @Path("/streams/{name}/stop")
    @Operation(summary = "End a stream")
    public StreamView stop(@PathParam("name") String name) {
        Stream stream = find(name);
        stream.stop();
        return StreamView.of(stream);
    }

    @DELETE
    @Path("/streams/{name}")
    @Operation(summary = "End a stream and forget it")
    public void delete(@PathParam("name") String name) {
        find(name);
        streams.delete(name);
    }

    private Stream find(String name) {
        return streams.find(name).orElseThrow(() -> new ProblemException(Problem.of(404, "name", "there is no stream " + name)
                .allowing(streams.list().stream().map(Stream::name).toList())));
    }
}
