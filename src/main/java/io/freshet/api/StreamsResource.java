package io.freshet.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.security.Secrets;
import io.freshet.stream.StreamConflictException;
import io.freshet.stream.StreamRegistry;
import io.freshet.stream.Streams;
import io.freshet.stream.cluster.ShardedStream;
import io.freshet.stream.cluster.ShardedStreams;
import io.freshet.stream.cluster.StreamCluster;
import io.freshet.stream.cluster.StreamReports;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.Shard;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.stream.trial.DryRun;
import io.freshet.stream.trial.DryRuns;
import io.smallrye.common.annotation.Blocking;

/** Starts, lists, pauses, resumes, stops and deletes streams. */
@Path("/api/v1")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class StreamsResource {

    private static final String DRY_RUN = "dry-run";
    private static final String SEARCH = "search";
    private static final int DRY_RUN_RECORDS = 10;
    private static final List<String> DRY_RUN_VALUES = List.of("true", "false", SEARCH);
    private static final Pattern BARE_DRY_RUN = Pattern.compile("(^|&)dry-run=?(&|$)");

    private final Streams streams;
    private final StreamCluster shared;
    private final StreamAdmission admission;
    private final StreamLocator known;
    private final DryRuns dryRuns;
    private final ShardedStreams sharded;
    private final StreamReports reports;

    StreamsResource(Streams streams, StreamCluster shared, ShardedStreams sharded, StreamReports reports,
            StreamAdmission admission, StreamLocator known, DryRuns dryRuns) {
        this.reports = reports;
        this.sharded = sharded;
        this.dryRuns = dryRuns;
        this.known = known;
        this.streams = streams;
        this.shared = shared;
        this.admission = admission;
    }

    @POST
    @Path("/streams")
    @Consumes({ MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml" })
    @Operation(summary = "Start a stream", description = "The body is a stream definition, as JSON or YAML. A YAML body may hold "
            + "several documents. In this case, either all of these streams are started or none, and the response is a list. With dry-run, ten records "
            + "pass the stages and reach no sink, and the response describes what each stage did to them; dry-run=search reads on until ten pass.")
    @APIResponse(responseCode = "200", description = "With dry-run: what the stages did to ten records. Nothing was started or "
            + "delivered")
    @APIResponse(responseCode = "201", description = "The stream has started")
    public Response create(@HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @QueryParam(DRY_RUN) @Nullable String dryRun, @Context UriInfo uri, String body) {
        List<StreamDefinition> definitions = definitions(contentType, body);
        if (isDryRun(dryRun, uri)) {
            List<DryRun> runs = definitions.stream().map(definition -> SEARCH.equals(dryRun)
                    ? dryRuns.search(definition, DRY_RUN_RECORDS)
                    : dryRuns.run(definition, DRY_RUN_RECORDS)).toList();
            return Response.ok(runs.size() == 1 ? runs.get(0) : runs).build();
        }
        definitions.forEach(admission::check);
        List<StreamView> views = createAll(definitions);
        return Response.status(201).entity(views.size() == 1 ? views.get(0) : views).build();
    }

    /** A parameter without a value is not seen as one. */
    private static boolean isDryRun(@Nullable String value, UriInfo uri) {
        if (value != null && !value.isEmpty() && !DRY_RUN_VALUES.contains(value)) {
            throw new ProblemException(Problem.of(ProblemKind.INVALID_VALUE, DRY_RUN, DRY_RUN + " cannot be " + value)
                    .allowing(DRY_RUN_VALUES));
        }
        String query = uri.getRequestUri().getRawQuery();
        return "true".equals(value) || SEARCH.equals(value) || query != null && BARE_DRY_RUN.matcher(query).find();
    }

    private static List<StreamDefinition> definitions(@Nullable String contentType, String body) {
        return documents(contentType, body).stream().map(StreamDefinition::parse).toList();
    }

    private static List<JsonNode> documents(@Nullable String contentType, String body) {
        try {
            return contentType != null && contentType.contains("yaml") ? DefinitionReader.yaml(body)
                    : List.of(DefinitionReader.json(body));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(ProblemKind.MALFORMED_REQUEST, "body",
                    "the body cannot be read: " + e.getMessage()));
        }
    }

    /** Creates all streams, or none. */
    private List<StreamView> createAll(List<StreamDefinition> definitions) {
        List<StreamView> views = new ArrayList<>();
        try {
            for (StreamDefinition definition : definitions) {
                views.add(create(definition));
            }
        } catch (RuntimeException e) {
            views.forEach(view -> delete(view.name()));
            throw e;
        }
        return views;
    }

    private StreamView create(StreamDefinition definition) {
        if (definition.isSharded()) {
            return StreamView.of(sharded.create(definition));
        }
        if (sharded.names().contains(definition.name())) {
            throw StreamRegistry.taken(definition.name());
        }
        return shared.create(definition).map(StreamView::of).orElseGet(() -> elsewhere(definition.name()));
    }

    @GET
    @Path("/streams")
    @Operation(summary = "List all streams")
    public List<StreamView> list() {
        Map<String, StreamView> views = new TreeMap<>();
        shared.elsewhere().forEach((name, saved) -> views.put(name, StreamView.of(name, saved)));
        streams.failed().forEach(failed -> views.put(failed.name(), StreamView.of(failed)));
        streams.list().forEach(stream -> views.put(stream.name(), StreamView.of(stream)));
        views.keySet().removeIf(name -> Shard.streamOf(name).isPresent());
        sharded.names().forEach(name -> sharded.find(name).ifPresent(stream -> views.put(name, StreamView.of(stream))));
        return List.copyOf(views.values());
    }

    @GET
    @Path("/streams/{name}")
    @Operation(summary = "Return a stream")
    public StreamView get(@PathParam("name") String name) {
        return streams.find(name).map(StreamView::of).orElseGet(() -> elsewhere(name));
    }

    private StreamView elsewhere(String name) {
        Optional<StreamView> failed = streams.findFailed(name).map(StreamView::of);
        return failed.or(() -> sharded.find(name).map(StreamView::of))
                .or(() -> shared.elsewhere(name).map(saved -> StreamView.of(name, saved)))
                // this instance may have taken it over since it was looked for
                .or(() -> streams.find(name).map(StreamView::of))
                .orElseThrow(() -> known.missing(name));
    }

    @GET
    @Path("/streams/{name}/statistics")
    @Operation(summary = "Return the statistics of a stream")
    public StreamStatistics statistics(@PathParam("name") String name) {
        return sharded.find(name).map(ShardedStream::statistics)
                .or(() -> reports.find(name).filter(report -> shared.elsewhere(name).isPresent())
                        .map(StreamReports.Report::statistics))
                .orElseGet(() -> known.here(name).statistics());
    }

    @POST
    @Path("/streams/{name}/pause")
    @Operation(summary = "Pause a stream")
    @APIResponse(responseCode = "409", description = "The stream has ended, or could not be restored")
    public StreamView pause(@PathParam("name") String name) {
        return change(name, StreamState.PAUSED, Stream::pause);
    }

    @POST
    @Path("/streams/{name}/resume")
    @Operation(summary = "Resume a paused stream", description = "A stream that could not be restored is restored if this is possible "
            + "in the meantime.")
    @APIResponse(responseCode = "409", description = "The stream has ended, or still cannot be restored")
    public StreamView resume(@PathParam("name") String name) {
        if (streams.findFailed(name).isPresent()) {
            streams.resume(name);
            return StreamView.of(known.here(name));
        }
        return change(name, StreamState.RUNNING, Stream::resume);
    }

    @PATCH
    @Path("/streams/{name}")
    @Consumes({ "application/merge-patch+json", MediaType.APPLICATION_JSON })
    @Operation(summary = "Change a running or paused stream", description = "The body is a JSON merge patch (RFC 7396) of the "
            + "definition: its pace, its sinks, or stages after the last one that keeps state. The stream continues at its position.")
    @APIResponse(responseCode = "409", description = "The stream has ended, or could not continue at its position")
    public StreamView patch(@PathParam("name") String name, JsonNode patch) {
        refuseShards(name);
        Stream stream = known.here(name);
        StreamDefinition wanted = StreamDefinition.parse(MergePatch.apply(stream.definition().json(), patch));
        if (!wanted.name().equals(name)) {
            throw new DefinitionException("name", "cannot be changed");
        }
        admission.checkPace(wanted);
        return StreamView.of(streams.change(wanted));
    }

    private void refuseShards(String name) {
        if (sharded.find(name).isPresent()) {
            throw new StreamConflictException("name",
                    "denotes a stream with shards, which cannot be changed; create another one");
        }
    }

    @PUT
    @Path("/streams/{name}")
    @Consumes({ MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml" })
    @Operation(summary = "Replace the definition of a stream", description = "The body is the whole definition, as JSON or YAML. "
            + "Secrets that are masked as they were shown keep their values. The stream continues at its position, as after PATCH. "
            + "With force, a stream that cannot continue is deleted, and the new one begins at its first record.")
    @APIResponse(responseCode = "409", description = "The stream has ended, or could not continue at its position")
    public StreamView put(@PathParam("name") String name, @QueryParam("force") @DefaultValue("false") boolean force,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType, String body) {
        refuseShards(name);
        Stream stream = known.here(name);
        StreamDefinition wanted = StreamDefinition
                .parse(Secrets.restored(single(contentType, body), stream.definition().json()));
        if (!wanted.name().equals(name)) {
            throw new DefinitionException("name", "cannot be changed");
        }
        admission.checkPace(wanted);
        try {
            return StreamView.of(streams.change(wanted));
        } catch (StreamConflictException e) {
            if (!force) {
                throw e;
            }
        }
        streams.check(wanted);
        delete(name);
        return createAll(List.of(wanted)).get(0);
    }

    private static JsonNode single(@Nullable String contentType, String body) {
        List<JsonNode> documents = documents(contentType, body);
        if (documents.size() != 1) {
            throw new ProblemException(Problem.of(ProblemKind.MALFORMED_REQUEST, "body", "the body must be one definition"));
        }
        return documents.get(0);
    }

    @POST
    @Path("/streams/{name}/seek")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Seek in the topic that a stream reads", description = "Seeks to the beginning, the end, a time such as "
            + "2026-03-18T00:00:00Z (or milliseconds since 1970), or offsets by partition such as {\"0\": 4711}.")
    public StreamView seek(@PathParam("name") String name, @Nullable String body) {
        Stream stream = known.here(name);
        try {
            stream.seek(SeekRequest.parse(JsonBody.object(body, SeekRequest.FIELDS)));
        } catch (UnsupportedOperationException e) {
            throw new ProblemException(Problem.of(409, "name", String.valueOf(e.getMessage())));
        }
        return StreamView.of(stream);
    }

    @POST
    @Path("/streams/{name}/stop")
    @Operation(summary = "Stop a stream")
    public StreamView stop(@PathParam("name") String name) {
        return change(name, StreamState.STOPPED, stream -> {
            stream.stop();
            return true;
        });
    }

    private StreamView change(String name, StreamState state, Predicate<Stream> here) {
        List<String> shards = sharded.shards(name);
        if (!shards.isEmpty()) {
            requireNotEnded(name, state, elsewhere(name).state());
            // a shard may end before the others do
            shards.stream().filter(shard -> !StreamState.isFinal(get(shard).state()))
                    .forEach(shard -> change(shard, state, here));
            return elsewhere(name);
        }
        Stream stream = streams.find(name).orElse(null);
        if (stream == null) {
            requireNotEnded(name, state, elsewhere(name).state());
            shared.change(name, state);
            return elsewhere(name);
        }
        if (!here.test(stream)) {
            requireNotEnded(name, state, stream.state().id());
        }
        return StreamView.of(stream);
    }

    /** Rejects a request to pause or resume a stream that has ended; stopping it again is allowed. */
    private static void requireNotEnded(String name, StreamState wanted, String state) {
        if (wanted != StreamState.STOPPED && StreamState.isFinal(state)) {
            throw new StreamConflictException("name", "denotes a stream that cannot be " + wanted.id() + ": " + name + " is "
                    + state);
        }
    }

    @DELETE
    @Path("/streams/{name}")
    @Operation(summary = "Stop and delete a stream")
    public void delete(@PathParam("name") String name) {
        List<String> shards = sharded.shards(name);
        shards.forEach(this::delete);
        if (shards.isEmpty() && !streams.delete(name)) {
            elsewhere(name);
            shared.delete(name);
        }
    }
}
