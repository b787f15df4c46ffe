package io.freshet.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

import io.freshet.stage.StagePipeline;
import io.freshet.stage.TimeWindow;
import io.freshet.stage.Window;
import io.freshet.stage.WindowResult;
import io.freshet.stream.engine.Stream;
import io.smallrye.common.annotation.Blocking;

/** Serves the results of a stream's windows. */
@Path("/api/v1/streams/{name}/windows")
@Tag(name = "Streams")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class WindowsResource {

    private static final int MOST = 10_000;

    private final StreamLocator known;

    WindowsResource(StreamLocator known) {
        this.known = known;
    }

    /**
     * A result as the API shows it.
     *
     * @param start the start of the window: a time, or the index of a record among those of the key
     */
    public record ResultView(String window, String key, String start, String end, int revision, boolean open, long count,
            Map<String, @Nullable Object> values) {

        static ResultView of(WindowResult result, boolean timed) {
            return new ResultView(result.window(), result.key(), bound(result.start(), timed), bound(result.end(), timed),
                    result.revision(), result.open(), result.count(), result.measures());
        }

        private static String bound(long bound, boolean timed) {
            return timed ? Instant.ofEpochMilli(bound).toString() : Long.toString(bound);
        }
    }

    @GET
    @Operation(summary = "List the last results of a stream's windows, newest first", description = "With a key, the list includes the current results of its "
            + "open windows.")
    public List<ResultView> windows(@PathParam("name") String name, @QueryParam("key") @Nullable String key,
            @QueryParam("count") @DefaultValue("100") int count) {
        if (count < 1 || count > MOST) {
            throw new ProblemException(Problem.of(422, "count", "count must be 1 to " + MOST + ", not " + count));
        }
        Stream stream = known.here(name);
        Optional<StagePipeline> stages = stream.stages();
        List<Window> windows = stages.map(chain -> chain.find(Window.class)).orElse(List.of());
        if (windows.isEmpty()) {
            throw new ProblemException(Problem.of(404, "name", "the stream " + name + " has no windows"));
        }
        List<ResultView> views = new ArrayList<>();
        for (Window window : windows) {
            boolean timed = window instanceof TimeWindow;
            if (key != null) {
                window.open(key).forEach(result -> views.add(ResultView.of(result, timed)));
            }
            window.results(key, count).forEach(result -> views.add(ResultView.of(result, timed)));
        }
        return views.size() > count ? views.subList(0, count) : views;
    }
}
