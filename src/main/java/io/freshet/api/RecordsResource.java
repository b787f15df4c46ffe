package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.event.Durations;
import io.freshet.source.PushBuffer;
import io.freshet.source.PushOffer;
import io.freshet.source.PushResult;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;

/** Accepts records that clients push into streams with an {@code http} source. */
@Path("/api/v1/streams/{name}/records")
@Tag(name = "Streams")
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class RecordsResource {

    private static final int ACCEPTED = 202;
    private static final String RETRY_SECONDS = "1";
    private static final Pattern BARE_WAIT = Pattern.compile("(^|&)wait=?(&|$)");
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final StreamLocator known;

    RecordsResource(StreamLocator known) {
        this.known = known;
    }

    /**
     * The outcome of a push.
     *
     * @param accepted how many records the stream has accepted
     * @param complete whether all sinks completed them in time; null without wait
     * @param processed how many neither a stage nor a sink rejected; null while that is not known, as are the others
     */
    @RegisterForReflection(targets = { PushView.class, PushResult.Failure.class })
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PushView(int accepted, @Nullable Boolean complete, @Nullable Integer processed, @Nullable Integer failed,
            @Nullable List<PushResult.Failure> failures, @Nullable Double milliseconds) {

        static PushView accepted(int records, @Nullable Boolean complete) {
            return new PushView(records, complete, null, null, null, null);
        }

        static PushView of(int records, PushResult result) {
            return new PushView(records, true, result.processed(), result.failed(), result.failures(), result.milliseconds());
        }
    }

    @POST
    @Blocking
    @Consumes({ MediaType.APPLICATION_JSON, "application/x-ndjson" })
    @Operation(summary = "Push records into a stream", description = "The body is a JSON object, an array of objects, or NDJSON. All "
            + "of its records are accepted, or none. With wait, such as wait=10s (30s without a value, at most 5m), the response "
            + "is sent when all sinks have completed the records.")
    @APIResponse(responseCode = "200", description = "All sinks have completed the records: how many were processed, how many failed "
            + "and why")
    @APIResponse(responseCode = "202", description = "The records are accepted; with wait, not all sinks completed them in time")
    @APIResponse(responseCode = "409", description = "The stream has another source, is paused, or has ended")
    @APIResponse(responseCode = "413", description = "The push is larger than the stream can accept at once")
    @APIResponse(responseCode = "422", description = "A record is not a JSON object")
    @APIResponse(responseCode = "429", description = "The buffer of the stream is full; Retry-After gives the time to wait")
    public Uni<Response> push(@PathParam("name") String name, @QueryParam("wait") @Nullable String wait,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, @Context UriInfo uri, InputStream body)
            throws IOException {
        Optional<Duration> patience = patience(wait, uri);
        PushBuffer buffer = buffer(known.here(name));
        if (buffer.isFull()) {
            return Uni.createFrom().item(full(name));
        }
        List<byte[]> records = PushedRecords.read(body, contentType.contains("ndjson"));
        PushOffer offer = buffer.offer(records, System.nanoTime());
        if (offer instanceof PushOffer.Accepted accepted) {
            return patience.isEmpty() ? Uni.createFrom().item(response(PushView.accepted(records.size(), null)))
                    : Uni.createFrom().completionStage(accepted.result())
                            .map(result -> Response.ok(PushView.of(records.size(), result)).build()).ifNoItem()
                            .after(patience.get())
                            .recoverWithItem(() -> response(PushView.accepted(records.size(), false)));
        }
        if (offer instanceof PushOffer.TooLarge tooLarge) {
            throw new ProblemException(Problem.of(413, "body",
                    "the stream " + name + " accepts at most " + tooLarge.limit() + " at once (source.http.buffer)"));
        }
        if (offer instanceof PushOffer.Closed) {
            throw notRunning(name, "ended");
        }
        return Uni.createFrom().item(full(name));
    }

    /** Returns how long the response may take; empty without wait. JAX-RS treats a parameter without a value as missing. */
    private static Optional<Duration> patience(@Nullable String wait, UriInfo uri) {
        if (wait == null || wait.isEmpty()) {
            String query = uri.getRequestUri().getRawQuery();
            return query != null && BARE_WAIT.matcher(query).find() ? Optional.of(DEFAULT_WAIT) : Optional.empty();
        }
        return Optional.of(Durations.parse(wait).filter(time -> !time.isZero() && time.compareTo(MAX_WAIT) <= 0)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.INVALID_VALUE, "wait",
                        "wait must be a duration above 0 and up to 5m, such as 10s, not " + wait))));
    }

    /** @throws ProblemException if the stream does not accept records at present */
    private static PushBuffer buffer(Stream stream) {
        PushBuffer buffer = stream.pushes().orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.CONFLICT, "name",
                "the stream " + stream.name() + " does not accept records: its source is not http")));
        StreamState state = stream.state();
        if (state == StreamState.PAUSED || state.isFinal()) {
            throw notRunning(stream.name(), state.id());
        }
        return buffer;
    }

    private static ProblemException notRunning(String name, String state) {
        return new ProblemException(
                Problem.of(ProblemKind.CONFLICT, "name", "the stream " + name + " does not accept records: it is " + state));
    }

    private static Response response(PushView view) {
        return Response.status(ACCEPTED).entity(view).build();
    }

    private static Response full(String name) {
        return Response.fromResponse(Problem.tooMany("the buffer of the stream " + name + " is full").response())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build();
    }
}
