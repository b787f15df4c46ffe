package io.freshet.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.stage.Voxel;
import io.freshet.stage.VoxelBox;
import io.freshet.stage.VoxelBox.Point;
import io.freshet.stage.VoxelGrid;
import io.freshet.stage.VoxelValue;
import io.freshet.stage.VoxelView;
import io.smallrye.common.annotation.Blocking;

/** Serves the contents of a stream's voxel grid. */
@Path("/api/v1/streams/{name}/voxels")
@Tag(name = "Streams")
@Blocking
public class VoxelsResource {

    private static final int MOST = 1_000_000;
    private static final int MAGIC = 0x31585646; // FVX1, in little-endian order

    private final StreamLocator known;

    VoxelsResource(StreamLocator known) {
        this.known = known;
    }

    /** Some cells; each is [x, y, z, {signal: {count, mean, min, max, last}}]. */
    public record GridView(String grid, long version, boolean complete, List<Double> origin, List<Double> cell,
            List<Integer> cells, List<List<Object>> voxels) {

        static GridView of(VoxelView view) {
            VoxelBox box = view.box();
            return new GridView(view.grid(), view.version(), view.complete(),
                    List.of(box.least().x(), box.least().y(), box.least().z()),
                    List.of(box.cell().x(), box.cell().y(), box.cell().z()),
                    List.of(box.cells().x(), box.cells().y(), box.cells().z()),
                    view.voxels().stream().map(voxel -> voxel(voxel, view.signals())).toList());
        }

        private static List<Object> voxel(Voxel voxel, List<String> signals) {
            Map<String, Map<String, Number>> values = new LinkedHashMap<>();
            for (int i = 0; i < signals.size(); i++) {
                VoxelValue value = voxel.values().get(i);
                if (value.count() > 0) {
                    values.put(signals.get(i), Map.of("count", value.count(), "mean", value.mean(), "min", value.least(), "max",
                            value.greatest(), "last", value.last()));
                }
            }
            return List.of(voxel.x(), voxel.y(), voxel.z(), values);
        }
    }

    /** The query parameters that select cells. */
    public static final class Question {

        @QueryParam("stage")
        public @Nullable String stage;
        @QueryParam("from")
        public @Nullable String from;
        @QueryParam("to")
        public @Nullable String to;
        @QueryParam("since")
        @DefaultValue("0")
        public long since;
        @QueryParam("count")
        @DefaultValue("100000")
        public int count;
    }

    @GET
    @Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
    @Operation(summary = "List the cells of a stream's voxel grid that have values", description = "Selects cells in a region (from=x,y,z and "
            + "to=x,y,z) and, with since, only those that changed after a version.")
    public GridView voxels(@PathParam("name") String name, @BeanParam Question question) {
        return GridView.of(look(name, question));
    }

    @GET
    @Path("/binary")
    @Produces({ MediaType.APPLICATION_OCTET_STREAM, Problem.MEDIA_TYPE })
    @Operation(summary = "List the cells in a compact binary form", description = "Little-endian: FVX1, version (8 bytes), complete (1), "
            + "origin and cell size (3 doubles each), cells along each axis (3 ints), number of signals (int), for each the "
            + "length of its name (int) and the name, number of cells (int), then for each cell x, y, z (ints) and for each signal "
            + "count (int), mean, min, max, last (doubles).")
    public Response binary(@PathParam("name") String name, @BeanParam Question question) {
        return Response.ok(bytes(look(name, question))).build();
    }

    @DELETE
    @Operation(summary = "Clear the voxel grid of a stream")
    public void reset(@PathParam("name") String name, @QueryParam("stage") @Nullable String stage) {
        grid(name, stage).reset();
    }

    private VoxelView look(String name, Question question) {
        if (question.count < 1 || question.count > MOST) {
            throw new ProblemException(Problem.of(422, "count", "count must be 1 to " + MOST + ", not " + question.count));
        }
        return grid(name, question.stage).look(point("from", question.from), point("to", question.to), question.since,
                question.count);
    }

    private VoxelGrid grid(String name, @Nullable String stage) {
        List<VoxelGrid> grids = known.here(name).stages()
                .map(chain -> chain.find(VoxelGrid.class)).orElse(List.of());
        return grids.stream().filter(grid -> stage == null || grid.name().equals(stage)).findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(404, stage == null ? "name" : "stage", "the stream " + name
                        + " has no such voxel grid").allowing(grids.stream().map(VoxelGrid::name).toList())));
    }

    private static @Nullable Point point(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            double[] numbers = Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
            if (numbers.length == 3) {
                return new Point(numbers[0], numbers[1], numbers[2]);
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new ProblemException(
                Problem.of(422, parameter, parameter + " must be three numbers with commas between them, not " + text));
    }

    private static byte[] bytes(VoxelView view) {
        byte[][] names = view.signals().stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        int header = 4 + 8 + 1 + 48 + 12 + 4 + Arrays.stream(names).mapToInt(name -> 4 + name.length).sum() + 4;
        ByteBuffer out = ByteBuffer
                .allocate(Math.addExact(header, Math.multiplyExact(view.voxels().size(), 12 + 36 * names.length)))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putLong(view.version()).put((byte) (view.complete() ? 1 : 0));
        for (Point point : List.of(view.box().least(), view.box().cell())) {
            out.putDouble(point.x()).putDouble(point.y()).putDouble(point.z());
        }
        out.putInt(view.box().cells().x()).putInt(view.box().cells().y()).putInt(view.box().cells().z()).putInt(names.length);
        for (byte[] name : names) {
            out.putInt(name.length).put(name);
        }
        out.putInt(view.voxels().size());
        for (Voxel voxel : view.voxels()) {
            out.putInt(voxel.x()).putInt(voxel.y()).putInt(voxel.z());
            for (VoxelValue value : voxel.values()) {
                out.putInt(value.count()).putDouble(value.count() == 0 ? 0 : value.mean()).putDouble(value.least())
                        .putDouble(value.greatest()).putDouble(value.last());
            }
        }
        return out.array();
    }
}
