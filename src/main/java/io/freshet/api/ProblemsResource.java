package io.freshet.api;

import java.util.Arrays;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Describes the kinds of problems, at the paths that problem details have as their type. */
@Path("/problems")
@Tag(name = "Problems")
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class ProblemsResource {

    /** A kind of problem. */
    public record KindView(String type, String title, int status, String description) {

        static KindView of(ProblemKind kind) {
            return new KindView(kind.type(), kind.title(), kind.status(), kind.description());
        }
    }

    @GET
    @Operation(summary = "List all kinds of problems")
    public List<KindView> list() {
        return Arrays.stream(ProblemKind.values()).map(KindView::of).toList();
    }

    @GET
    @Path("/{kind}")
    @Operation(summary = "Return a kind of problem")
    public KindView get(@PathParam("kind") String id) {
        return ProblemKind.find(id).map(KindView::of).orElseThrow(() -> new ProblemException(
                Problem.of(404, "kind", "unknown kind of problem: " + id)
                        .allowing(Arrays.stream(ProblemKind.values()).map(ProblemKind::id).toList())));
    }
}
