package io.freshet.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

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

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.freshet.security.Secrets;
import io.freshet.store.StreamStore.SavedStream;
import io.freshet.stream.SharedStreams;
import io.freshet.stream.Stream;
import io.freshet.stream.StreamDefinition;
import io.freshet.stream.StreamState;
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
    private final SharedStreams shared;
    private final StreamAdmission admission;
    private final KnownStreams known;

    StreamsResource(Streams streams, SharedStreams shared, StreamAdmission admission, KnownStreams known) {
        this.known = known;
        this.streams = streams;
        this.shared = shared;
        this.admission = admission;
    }

    /** A stream as the API shows it. */
    public record StreamView(String name, String state, JsonNode definition, @Nullable StreamStatistics statistics,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Elsewhere elsewhere) {

        /** Of a stream that runs on another instance: where it was a moment ago. */
        public record Elsewhere(long position) {
        }

        static StreamView of(Stream stream) {
            return new StreamView(stream.name(), stream.state().id(), Secrets.masked(stream.definition().shown()),
                    stream.statistics(), null);
        }

        static StreamView of(String name, SavedStream saved) {
            return new StreamView(name, saved.state(), Secrets.masked(StreamDefinition.parse(saved.definition()).shown()), null,
                    new Elsewhere(saved.position()));
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
        StreamView view = shared.create(definition).map(StreamView::of).orElseGet(() -> elsewhere(definition.name()));
        return Response.status(201).entity(view).build();
    }

    @GET
    @Path("/streams")
    @Operation(summary = "All streams")
    public List<StreamView> list() {
        Map<String, StreamView> views = new TreeMap<>();
        shared.elsewhere().forEach((name, saved) -> views.put(name, StreamView.of(name, saved)));
        streams.list().forEach(stream -> views.put(stream.name(), StreamView.of(stream)));
        return List.copyOf(views.values());
    }

    @GET
    @Path("/streams/{name}")
    @Operation(summary = "One stream")
    public StreamView get(@PathParam("name") String name) {
        return streams.find(name).map(StreamView::of).orElseGet(() -> elsewhere(name));
    }

    private StreamView elsewhere(String name) {
        return shared.elsewhere(name).map(saved -> StreamView.of(name, saved)).orElseThrow(() -> known.missing(name));
    }

    @GET
    @Path("/streams/{name}/statistics")
    @Operation(summary = "What a stream has done")
    public StreamStatistics statistics(@PathParam("name") String name) {
        return known.here(name).statistics();
    }

    @POST
    @Path("/streams/{name}/pause")
    @Operation(summary = "Pause a stream")
    public StreamView pause(@PathParam("name") String name) {
        return change(name, StreamState.PAUSED, Stream::pause);
    }

    @POST
    @Path("/streams/{name}/resume")
    @Operation(summary = "Let a paused stream go on")
    public StreamView resume(@PathParam("name") String name) {
        return change(name, StreamState.RUNNING, Stream::resume);
    }

    @POST
    @Path("/streams/{name}/seek")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Go on elsewhere in the topic that a stream reads", description = "To the beginning, the end, a moment such as "
            + "2026-03-18T00:00:00Z (or milliseconds since 1970), or offsets by partition such as {\"0\": 4711}.")
    public StreamView seek(@PathParam("name") String name, JsonNode request) {
        Stream stream = known.here(name);
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
        return change(name, StreamState.STOPPED, Stream::stop);
    }

    private StreamView change(String name, StreamState state, Consumer<Stream> here) {
        Optional<Stream> stream = streams.find(name);
        stream.ifPresentOrElse(here, () -> {
            elsewhere(name);
            shared.change(name, state);
        });
        return stream.map(StreamView::of).orElseGet(() -> elsewhere(name));
    }

    @DELETE
    @Path("/streams/{name}")
    @Operation(summary = "End a stream and forget it")
    public void delete(@PathParam("name") String name) {
        if (!streams.delete(name)) {
            elsewhere(name);
            shared.delete(name);
        }
    }
}
