package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterFilter;
import io.freshet.sink.DeadLetters;
import io.freshet.stream.Streams;
import io.smallrye.common.annotation.Blocking;

/** The records that could not be delivered: seen, delivered again, or thrown away. */
@Path("/api/v1/dead-letters")
@Tag(name = "Dead letters")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class DeadLettersResource {

    private static final int MOST = 10_000;

    private final DeadLetters letters;
    private final Streams streams;

    public DeadLettersResource(DeadLetters letters, Streams streams) {
        this.letters = letters;
        this.streams = streams;
    }

    /**
     * A dead letter as the API shows it.
     *
     * @param text its bytes as text
     * @param bytes its bytes, Base64
     */
    public record LetterView(String id, String stream, long position, String sink, String target, String reason, int attempts,
            Instant time, @Nullable String key, String text, String bytes) {

        static LetterView of(DeadLetter letter) {
            byte[] key = letter.key();
            return new LetterView(letter.id(), letter.address().stream(), letter.address().position(), letter.address().sink(),
                    letter.address().target(), letter.cause().reason(), letter.cause().attempts(), letter.cause().time(),
                    key == null ? null : new String(key, StandardCharsets.UTF_8),
                    new String(letter.value(), StandardCharsets.UTF_8), Base64.getEncoder().encodeToString(letter.value()));
        }
    }

    /** How many letters something happened to. */
    public record CountView(int count) {
    }

    @GET
    @Operation(summary = "Dead letters, oldest first", description = "Those of a stream, those with a text in their reason, or all; "
            + "fewer than the limit if they have more than 32 MiB together.")
    public List<LetterView> list(@QueryParam("stream") @Nullable String stream, @QueryParam("reason") @Nullable String reason,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.of(422, "limit", "limit must be 1 to " + MOST + ", not " + limit));
        }
        return letters.find(filter(stream, reason, null), limit).stream().map(LetterView::of).toList();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One dead letter")
    public LetterView get(@PathParam("id") String id) {
        return letters.find(DeadLetterFilter.of(id), 1).stream().findFirst().map(LetterView::of).orElseThrow(
                () -> new ProblemException(Problem.of(404, "id", "there is no dead letter " + id)));
    }

    @POST
    @Path("/replay")
    @Operation(summary = "Deliver dead letters again", description = "Those of a stream, those with a text in their reason, the one of "
            + "an id, or all. What arrives is a dead letter no more.")
    public CountView replay(@QueryParam("stream") @Nullable String stream, @QueryParam("reason") @Nullable String reason,
            @QueryParam("id") @Nullable String id) {
        return new CountView(letters.replay(filter(stream, reason, id), streams::redeliver));
    }

    @DELETE
    @Operation(summary = "Throw dead letters away", description = "Those of a stream, those with a text in their reason, the one of an "
            + "id, or all.")
    public CountView purge(@QueryParam("stream") @Nullable String stream, @QueryParam("reason") @Nullable String reason,
            @QueryParam("id") @Nullable String id) {
        return new CountView(letters.purge(filter(stream, reason, id)));
    }

    private static DeadLetterFilter filter(@Nullable String stream, @Nullable String reason, @Nullable String id) {
        return new DeadLetterFilter(Optional.ofNullable(stream), Optional.ofNullable(reason), Optional.ofNullable(id));
    }
}
