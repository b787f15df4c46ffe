package io.freshet.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.ws.rs.DELETE;
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

import com.fasterxml.jackson.annotation.JsonRawValue;

import io.freshet.sink.mongo.MongoConnections;
import io.freshet.stream.RecordQueries;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.smallrye.common.annotation.Blocking;

/** Serves the retained records of streams. */
@Path("/api/v1")
@Tag(name = "Retained records")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class HistoryResource {

    private static final int MOST = 10_000;
    private static final int MAX_PAGES = 100_000;
    /** Later than any record, but still within the range of MongoDB. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final StreamLocator known;
    private final RecordQueries kept;

    HistoryResource(StreamLocator known, RecordQueries kept) {
        this.known = known;
        this.kept = kept;
    }

    /**
     * The last records of a stream, newest first.
     *
     * @param from where they were read: redis or memory
     */
    public record RecentView(String stream, String from, int count, @JsonRawValue String records) {
    }

    /**
     * Records of a stream, oldest first.
     *
     * @param from where they were read: mongodb or memory
     * @param more whether there is another page
     */
    public record HistoryView(String stream, String from, int page, int count, boolean more, @JsonRawValue String records) {
    }

    /** The number of deleted records. */
    public record DeletedView(String stream, long deleted) {
    }

    @GET
    @Path("/recent/{name}")
    @Operation(summary = "List the last records of a stream, newest first", description = "Reads from Redis if the "
            + "stream has a redis sink, otherwise from memory. filter is an expression (CEL) that selects among the last 10,000.")
    public RecentView recent(@PathParam("name") String name, @QueryParam("count") @DefaultValue("100") int count,
            @QueryParam(RecordFilter.PARAMETER) @Nullable String filter) {
        StreamDefinition stream = find(name, SinkDefinition.ToRedis.class);
        between("count", count, 1, MOST);
        Optional<RecordFilter> wanted = RecordFilter.ofParameter(filter);
        RecordQueries.Kept recent = kept.recent(stream, wanted.isPresent() ? MOST : count);
        List<String> records = wanted.map(
                chosen -> recent.records().stream().filter(chosen::matches).limit(count).toList())
                .orElse(recent.records());
        return new RecentView(name, recent.from(), records.size(), array(records));
    }

    @GET
    @Path("/history/{name}")
    @Operation(summary = "List records of a stream by time, oldest first", description = "from and to are times, or "
            + "ages such as 2h. Reads from MongoDB if the stream has a mongodb sink, otherwise the most recent records from memory.")
    public HistoryView history(@PathParam("name") String name, @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to, @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("100") int size) {
        StreamDefinition stream = find(name, SinkDefinition.ToMongo.class);
        between("page", page, 0, MAX_PAGES);
        between("size", size, 1, MOST);
        Instant first = from.map(text -> time("from", text)).orElse(Instant.EPOCH);
        Instant end = to.map(text -> time("to", text)).orElse(LATEST);
        if (first.isAfter(end)) {
            throw new ProblemException(Problem.of(422, "from", "from must not be after to"));
        }
        // one more record shows whether there is another page
        RecordQueries.Kept read = answered(() -> kept.read(stream, first, end, page * size, size + 1));
        List<String> records = read.records().subList(0, Math.min(size, read.records().size()));
        return new HistoryView(name, read.from(), page, records.size(), read.records().size() > size, array(records));
    }

    @DELETE
    @Path("/history/{name}")
    @Operation(summary = "Delete records of a stream that are older than a time, or than an age such as 30d")
    public DeletedView delete(@PathParam("name") String name, @QueryParam("older-than") @Nullable String olderThan) {
        StreamDefinition stream = find(name, SinkDefinition.ToMongo.class);
        if (olderThan == null) {
            throw new ProblemException(
                    Problem.of(422, "older-than", "older-than is missing: a time, or an age such as 30d"));
        }
        Instant before = time("older-than", olderThan);
        return new DeletedView(name, answered(() -> kept.delete(stream, before)));
    }

    /** Returns a stream of any instance if its records are kept where all instances can read them. */
    private StreamDefinition find(String name, Class<? extends SinkDefinition> keeper) {
        return known.elsewhere(name).filter(stream -> stream.sinks().stream().anyMatch(keeper::isInstance))
                .orElseGet(() -> known.here(name).definition());
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (MongoConnections.UnavailableException e) {
            throw new ProblemException(Problem.of(503, "stream", String.valueOf(e.getMessage())));
        }
    }

    /** Parses a time or an age. */
    private static Instant time(String name, String text) {
        try {
            if (text.contains("T") && text.endsWith("Z")) {
                return Instant.parse(text);
            }
            String age = text.toUpperCase(Locale.ROOT);
            return Instant.now().minus(Duration.parse(age.startsWith("P") ? age : (age.endsWith("D") ? "P" : "PT") + age));
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProblemException(Problem.of(422, name,
                    name + " must be a time such as 2026-03-01T12:00:00Z, or an age such as 90s, 2h, 30d, not " + text));
        }
    }

    private static String array(List<String> records) {
        return "[" + String.join(",", records) + "]";
    }

    private static void between(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ProblemException(
                    Problem.of(422, name, name + " must be " + min + " to " + max + ", not " + value));
        }
    }
}
