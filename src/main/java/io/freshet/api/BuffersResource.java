package io.freshet.api;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.event.Durations;
import io.freshet.event.Times;
import io.freshet.stage.RecentRecords;
import io.smallrye.common.annotation.Blocking;

/** Serves the contents of a stream's buffer. */
@Path("/api/v1/streams/{name}/buffer")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class BuffersResource {

    private static final int MOST = 10_000;

    private final StreamLocator known;

    BuffersResource(StreamLocator known) {
        this.known = known;
    }

    /** A record, and when it passed the buffer. */
    public record SeenView(String id, Instant seen, Object record) {
    }

    @GET
    @Operation(summary = "List the last records that passed a buffer of a stream, newest first", description = "Returns either a "
            + "number of records (count), or those since a time (since: ISO 8601, or an age such as 10s).")
    public List<SeenView> last(@PathParam("name") String name, @QueryParam("stage") @Nullable String stage,
            @QueryParam("count") @DefaultValue("100") int count, @QueryParam("since") @Nullable String since) {
        if (count < 1 || count > MOST) {
            throw new ProblemException(Problem.of(422, "count", "count must be 1 to " + MOST + ", not " + count));
        }
        OptionalLong moment = since == null ? OptionalLong.of(Long.MIN_VALUE) : moment(since);
        if (moment.isEmpty()) {
            throw new ProblemException(
                    Problem.of(422, "since", "since must be a time in ISO 8601, or an age such as 10s, not " + since));
        }
        return buffer(name, stage).last(count, moment.getAsLong()).stream()
                .map(seen -> new SeenView(seen.id(), Instant.ofEpochMilli(seen.seen()), seen.fields())).toList();
    }

    private static OptionalLong moment(String since) {
        return Durations.parse(since).map(ago -> OptionalLong.of(Instant.now().minus(ago).toEpochMilli()))
                .orElseGet(() -> Times.millis(since));
    }

    private RecentRecords buffer(String name, @Nullable String stage) {
        List<RecentRecords> buffers = known.here(name).stages()
                .map(chain -> chain.find(RecentRecords.class)).orElse(List.of());
        return buffers.stream().filter(buffer -> stage == null || buffer.name().equals(stage)).findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(404, stage == null ? "name" : "stage",
                        "the stream " + name + " has no such buffer")
                        .allowing(buffers.stream().map(RecentRecords::name).toList())));
    }
}
