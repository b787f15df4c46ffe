package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.deadletter.DeadLetterCount;
import io.freshet.deadletter.DeadLetterFilter;
import io.freshet.deadletter.DeadLetters;
import io.freshet.sink.DeadLetter;
import io.freshet.stream.LetterDeliveries;
import io.smallrye.common.annotation.Blocking;

/** Lists, redelivers and deletes the records that could not be delivered. */
@Path("/api/v1/dead-letters")
@Tag(name = "Dead letters")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class DeadLettersResource {

    private static final int MOST = 10_000;
    private static final String OLDEST = "oldest";
    private static final String NEWEST = "newest";
    private static final String SINKS = "sinks";
    private static final String STAGES = "stages";

    private final DeadLetters letters;
    private final LetterDeliveries deliveries;
    private final LetterReplays replays;

    public DeadLettersResource(DeadLetters letters, LetterDeliveries deliveries, LetterReplays replays) {
        this.letters = letters;
        this.deliveries = deliveries;
        this.replays = replays;
    }

    /**
     * A dead letter as the API shows it.
     *
     * @param kind the kind of the sink, as definitions name it; {@code stage} or {@code command} if it was not on its way to a
     *        sink
     * @param code what went wrong, for programs
     * @param headers the headers of the message, as text
     * @param timestamp the timestamp of the message; null for the time of sending
     * @param tombstone whether it is a message without a value
     * @param text its bytes as text
     * @param bytes its bytes, in Base64
     */
    public record LetterView(String id, String stream, long position, String sink, String kind, String target, String code,
            String reason, int attempts, Instant time, @Nullable String key, Map<String, String> headers,
            @Nullable Instant timestamp, boolean tombstone, String text, String bytes) {

        static LetterView of(DeadLetter letter) {
            byte[] key = letter.key();
            Map<String, String> headers = new LinkedHashMap<>();
            letter.content().headers().all().forEach(header -> headers.put(header.name(), utf8(header.value())));
            OptionalLong timestamp = letter.content().timestamp();
            return new LetterView(letter.id(), letter.address().stream(), letter.address().position(), letter.address().sink(),
                    letter.address().kind(), letter.address().target(), letter.cause().code().id(), letter.cause().reason(),
                    letter.cause().attempts(), letter.cause().time(), key == null ? null : utf8(key), headers,
                    timestamp.isPresent() ? Instant.ofEpochMilli(timestamp.getAsLong()) : null, letter.isTombstone(),
                    new String(letter.value(), StandardCharsets.UTF_8), Base64.getEncoder().encodeToString(letter.value()));
        }
    }

    private static String utf8(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The number of dead letters that an operation affected. */
    public record CountView(int count) {
    }

    @GET
    @Operation(summary = "List dead letters, oldest first or with order=newest the newest first", description = "Selects those of a stream, those whose reason "
            + "contains a text, or all. Returns "
            + "fewer than the limit if together they exceed 32 MiB.")
    public List<LetterView> list(@QueryParam("stream") @Nullable String stream, @QueryParam("reason") @Nullable String reason,
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("order") @DefaultValue(OLDEST) String order) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.of(422, "limit", "limit must be 1 to " + MOST + ", not " + limit));
        }
        if (!order.equals(OLDEST) && !order.equals(NEWEST)) {
            throw new ProblemException(
                    Problem.of(422, "order", "order cannot be " + order).allowing(List.of(OLDEST, NEWEST)));
        }
        DeadLetterFilter filter = filter(stream, reason, null);
        return (order.equals(NEWEST) ? letters.newest(filter, limit) : letters.find(filter, limit)).stream().map(LetterView::of)
                .toList();
    }

    @GET
    @Path("/counts")
    @Operation(summary = "How many dead letters there are, by stream and code", description = "Those of a stream, those with a text in "
            + "their reason, or all.")
    public List<DeadLetterCount> counts(@QueryParam("stream") @Nullable String stream,
            @QueryParam("reason") @Nullable String reason) {
        return letters.count(filter(stream, reason, null));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Return a dead letter")
    public LetterView get(@PathParam("id") String id) {
        return letters.find(DeadLetterFilter.of(id), 1).stream().findFirst().map(LetterView::of).orElseThrow(
                () -> new ProblemException(Problem.of(404, "id", "unknown dead letter " + id)));
    }

    @POST
    @Path("/replay")
    @Operation(summary = "Redeliver dead letters", description = "Selects those of a stream, those whose reason contains a "
            + "text, the one with "
            + "an id, or all. Those that are delivered are removed from the dead letters. Records that a stage rejected go to the "
            + "sinks as they are, or with through=stages through the stages of the stream again, as they are now, from the stage that "
            + "rejected them. background=true answers at once.")
    @APIResponse(responseCode = "200", description = "The number of letters that were delivered (count), dropped by a stage, and of "
            + "those that remain")
    @APIResponse(responseCode = "202", description = "background=true: the replay has begun; GET shows its progress")
    @APIResponse(responseCode = "409", description = "Another replay is running")
    public Response replay(@QueryParam("stream") @Nullable String stream, @QueryParam("reason") @Nullable String reason,
            @QueryParam("id") @Nullable String id, @QueryParam("through") @DefaultValue(SINKS) String through,
            @QueryParam("background") @DefaultValue("false") boolean background) {
        DeadLetterFilter filter = filter(stream, reason, id);
        return background ? Response.accepted(replays.begin(filter, delivery(through))).build()
                : Response.ok(replays.run(filter, delivery(through))).build();
    }

    private DeadLetters.LetterDelivery delivery(String through) {
        return switch (through) {
            case SINKS -> deliveries::toSinks;
            case STAGES -> deliveries::throughStages;
            default -> throw new ProblemException(
                    Problem.of(422, "through", "through cannot be " + through).allowing(List.of(SINKS, STAGES)));
        };
    }

    @GET
    @Path("/replay")
    @Operation(summary = "Return the progress of the latest replay")
    @APIResponse(responseCode = "204", description = "No dead letter was replayed since the service started")
    public LetterReplays.@Nullable ReplayView replay() {
        return replays.latest().orElse(null);
    }

    @DELETE
    @Operation(summary = "Delete dead letters", description = "Selects those of a stream, those whose reason contains a "
            + "text, the one with an "
            + "id, or all of them with all=true.")
    public CountView purge(@QueryParam("stream") @Nullable String stream, @QueryParam("reason") @Nullable String reason,
            @QueryParam("id") @Nullable String id, @QueryParam("all") @DefaultValue("false") boolean all) {
        if (!all && stream == null && reason == null && id == null) {
            throw new ProblemException(Problem.of(ProblemKind.INVALID_VALUE, "all",
                    "select dead letters by stream, reason or id, or delete every one with all=true"));
        }
        return new CountView(letters.purge(filter(stream, reason, id)));
    }

    private static DeadLetterFilter filter(@Nullable String stream, @Nullable String reason, @Nullable String id) {
        return new DeadLetterFilter(Optional.ofNullable(stream), Optional.ofNullable(reason), Optional.ofNullable(id));
    }
}
