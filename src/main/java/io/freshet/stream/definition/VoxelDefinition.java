package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.freshet.event.FieldPath;
import io.freshet.stage.Stage;
import io.freshet.stage.VoxelBox;
import io.freshet.stage.VoxelBox.Point;
import io.freshet.stage.VoxelGrid;

/**
 * Parses a grid in space: {@code {x, y, z, min: [x, y, z], max: [x, y, z], cell: size | [x, y, z], signals: [fields], kind:
 * sparse, megabytes: 64}}.
 */
final class VoxelDefinition {

    private static final int STANDARD_MEGABYTES = 64;
    private static final int MAX_MEGABYTES = 4096;
    private static final int MAX_SIGNALS = 32;

    private VoxelDefinition() {
    }

    static Function<StageContext, Stage> parse(DefinitionNode written, StageParseContext stageParseContext) {
        DefinitionNode node = written.synonym("resolution", "cell").object("x", "y", "z", "min", "max", "cell", "signals",
                "kind", "megabytes");
        VoxelBox box = box(node);
        List<FieldPath> fields = new ArrayList<>();
        for (DefinitionNode signal : node.get("signals").elements("fields")) {
            fields.add(stageParseContext.uses().read(signal));
        }
        if (fields.size() > MAX_SIGNALS) {
            throw node.get("signals").wrong("must be at most " + MAX_SIGNALS);
        }
        VoxelGrid.Inputs inputs = new VoxelGrid.Inputs(field(node, "x", stageParseContext), field(node, "y", stageParseContext),
                field(node, "z", stageParseContext), fields.stream().map(FieldPath::toString).toList(), fields);
        boolean dense = node.find("kind").map(kind -> kind.oneOf("sparse", "dense")).orElse("sparse").equals("dense");
        long bytes = node.integer("megabytes", 1, MAX_MEGABYTES).orElse(STANDARD_MEGABYTES) << 20;
        HeapLimit.check(node.find("megabytes").orElse(node), "a grid with this limit", bytes);
        return tools -> {
            try {
                return new VoxelGrid(stageParseContext.stage(), box, inputs, dense, bytes);
            } catch (IllegalArgumentException e) {
                throw node.wrong("is too large: " + e.getMessage());
            }
        };
    }

    private static FieldPath field(DefinitionNode node, String axis, StageParseContext stageParseContext) {
        return stageParseContext.uses().read(node.get(axis));
    }

    private static VoxelBox box(DefinitionNode node) {
        DefinitionNode cell = node.get("cell");
        double same = cell.json().isNumber() ? cell.json().asDouble() : 0;
        try {
            return VoxelBox.of(point(node.get("min")), point(node.get("max")),
                    cell.json().isNumber() ? new Point(same, same, same) : point(cell));
        } catch (IllegalArgumentException e) {
            throw node.wrong("is not a box: " + e.getMessage());
        }
    }

    private static Point point(DefinitionNode node) {
        if (node.elements("three numbers").size() != 3) {
            throw node.wrong("must be three numbers: along x, y and z");
        }
        return new Point(coordinate(node, 0), coordinate(node, 1), coordinate(node, 2));
    }

    private static double coordinate(DefinitionNode node, int index) {
        return node.element(index).number(-1e12, 1e12);
    }
}
