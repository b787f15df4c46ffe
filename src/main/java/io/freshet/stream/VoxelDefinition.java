package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.freshet.event.FieldPath;
import io.freshet.stage.Stage;
import io.freshet.stage.VoxelBox;
import io.freshet.stage.VoxelBox.Point;
import io.freshet.stage.VoxelGrid;

/**
 * A grid in space: {@code {x, y, z, min: [x, y, z], max: [x, y, z], cell: size | [x, y, z], signals: [fields], kind: sparse,
 * megabytes: 64}}.
 */
final class VoxelDefinition {

    private static final int STANDARD_MEGABYTES = 64;
    private static final int MOST_MEGABYTES = 4096;
    private static final int MOST_SIGNALS = 32;

    private VoxelDefinition() {
    }

    static Function<StageTools, Stage> parse(DefinitionNode node, Parsing parsing) {
        node.object("x", "y", "z", "min", "max", "cell", "signals", "kind", "megabytes");
        VoxelBox box = box(node);
        List<FieldPath> fields = new ArrayList<>();
        for (DefinitionNode signal : node.get("signals").elements("fields")) {
            fields.add(parsing.uses().read(signal));
        }
        if (fields.size() > MOST_SIGNALS) {
            throw node.get("signals").wrong("must be at most " + MOST_SIGNALS);
        }
        VoxelGrid.Inputs inputs = new VoxelGrid.Inputs(field(node, "x", parsing), field(node, "y", parsing),
                field(node, "z", parsing), fields.stream().map(FieldPath::toString).toList(), fields);
        boolean dense = node.find("kind").map(kind -> kind.oneOf("sparse", "dense")).orElse("sparse").equals("dense");
        long bytes = node.integer("megabytes", 1, MOST_MEGABYTES).orElse(STANDARD_MEGABYTES) << 20;
        MemoryShare.check(node.find("megabytes").orElse(node), "a grid that may have so much", bytes);
        return tools -> {
            try {
                return new VoxelGrid(parsing.stage(), box, inputs, dense, bytes);
            } catch (IllegalArgumentException e) {
                throw node.wrong("is too large: " + e.getMessage());
            }
        };
    }

    private static FieldPath field(DefinitionNode node, String axis, Parsing parsing) {
        return parsing.uses().read(node.get(axis));
    }

    private static VoxelBox box(DefinitionNode node) {
        DefinitionNode cell = node.get("cell");
        double same = cell.json().isNumber() ? cell.json().asDouble() : 0;
        try {
            return VoxelBox.of(point(node.get("min")), point(node.get("max")),
                    cell.json().isNumber() ? new Point(same, same, same) : point(cell));
        } catch (IllegalArgumentException e) {
            throw node.wrong("is no box: " + e.getMessage());
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
