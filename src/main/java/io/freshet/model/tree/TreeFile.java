package io.freshet.model.tree;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.marginal.ColumnFile;

/**
 * The tree-specific part of a model file. It has the {@code shrinkage}; the {@code target} if there is one; the {@code columns}
 * with the {@code segments} of each
 * code (smallest value, largest value, mass, repeated); and the {@code trees} in the order in which columns are drawn. Each
 * tree has its {@code predictors}; its nodes ({@code slots}: the predictor of each node, −1 for a leaf; {@code children}: the
 * left child of each inner node, which the right one follows; {@code right}: the values that go right, or only the smallest one
 * if values are ordered); the {@code tilt} of its codes (one factor each, absent in older files); and the counts of its
 * {@code leaves} (code, count, repeated).
 */
public final class TreeFile {

    private TreeFile() {
    }

    public static void write(TreeModel model, ObjectNode file) {
        file.put("shrinkage", model.shrinkage());
        if (model.target() != TreeOptions.NO_TARGET) {
            file.put("target", model.target());
        }
        ArrayNode columns = file.putArray("columns");
        model.columns().forEach(column -> CodesFile.write(column, columns.addObject()));
        ArrayNode trees = file.putArray("trees");
        model.trees().forEach(tree -> write(model, tree, trees.addObject()));
    }

    /** Writes the {@code segments} of a window, each with {@code rows}, {@code share}, {@code from}, {@code to} and a model. */
    public static void writeSegments(TreeModel model, ArrayNode file) {
        for (TreeSegment segment : model.segments()) {
            ObjectNode node = file.addObject().put("rows", segment.rows()).put("share", segment.share())
                    .put("from", segment.from().toString()).put("to", segment.to().toString());
            write(segment.model(), node);
        }
    }

    private static List<TreeSegment> segments(JsonNode file, TreeModel model) {
        List<TreeSegment> segments = new ArrayList<>();
        for (JsonNode node : file) {
            double rows = node.path("rows").asDouble(-1);
            TreeModel part = model(node, Math.round(rows));
            if (!part.schema().equals(model.schema())) {
                throw new ModelFileException("a segment has other columns than the model");
            }
            try {
                segments.add(new TreeSegment(rows, node.path("share").asDouble(-1), Instant.parse(node.path("from").asText()),
                        Instant.parse(node.path("to").asText()), part));
            } catch (DateTimeException e) {
                throw new ModelFileException("a segment has an invalid date: " + e.getMessage());
            }
        }
        return segments;
    }

    private static void write(TreeModel model, ColumnTree of, ObjectNode file) {
        file.put("column", of.column());
        Tree tree = of.tree();
        ArrayNode predictors = file.putArray("predictors");
        for (int number : tree.predictors()) {
            Predictor predictor = model.predictors().get(number);
            ObjectNode node = predictors.addObject().put("column", predictor.column());
            predictor.part().ifPresent(part -> node.put("part", part.name().toLowerCase(Locale.ROOT)));
        }
        ArrayNode slots = file.putArray("slots");
        ArrayNode children = file.putArray("children");
        ArrayNode right = file.putArray("right");
        for (int node = 0; node < tree.nodes(); node++) {
            slots.add(tree.isLeaf(node) ? -1 : tree.slot(node));
            if (!tree.isLeaf(node)) {
                children.add(tree.left(node));
                writeRight(tree, node, model.predictors().get(tree.predictor(node)), right);
            }
        }
        if (tree.leaves() > 1) {
            ArrayNode tilt = file.putArray("tilt");
            for (double factor : of.laws().tilt()) {
                tilt.add(factor);
            }
        }
        writeLeaves(of.laws(), tree.leaves(), file.putArray("leaves"));
    }

    private static void writeRight(Tree tree, int node, Predictor predictor, ArrayNode right) {
        if (predictor.ordered()) {
            int value = 0;
            while (!tree.goesRight(node, value)) {
                value++;
            }
            right.add(value);
            return;
        }
        ArrayNode values = right.addArray();
        for (int value = 0; value < predictor.size(); value++) {
            if (tree.goesRight(node, value)) {
                values.add(value);
            }
        }
    }

    private static void writeLeaves(LeafLaws laws, int leaves, ArrayNode file) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            ArrayNode counts = file.addArray();
            for (int code = 0; code < laws.codes(); code++) {
                double count = laws.counts()[leaf * laws.codes() + code];
                if (count > 0) {
                    counts.add(code);
                    if (count == (int) count) {
                        counts.add((int) count);
                    } else {
                        counts.add(count);
                    }
                }
            }
        }
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the parts are inconsistent
     */
    public static TreeModel read(JsonNode file, long fittedRows) {
        TreeModel model = model(file, fittedRows);
        return model.withSegments(segments(file.path("segments"), model));
    }

    private static TreeModel model(JsonNode file, long fittedRows) {
        List<ColumnCodes> columns = new ArrayList<>();
        file.path("columns").forEach(column -> columns.add(CodesFile.read(column)));
        List<Predictor> predictors = Predictor.of(columns);
        double shrinkage = file.path("shrinkage").asDouble();
        if (columns.isEmpty() || !(shrinkage > 0)) {
            throw new ModelFileException("it has no columns or no shrinkage");
        }
        int target = file.path("target").asInt(TreeOptions.NO_TARGET);
        if (target < TreeOptions.NO_TARGET || target >= columns.size()) {
            throw new ModelFileException("it has no column " + target + " that others depend on");
        }
        Shrinkage shrunk = Shrinkage.of(shrinkage, predictors, target);
        Set<Integer> before = new HashSet<>();
        List<ColumnTree> trees = new ArrayList<>();
        for (JsonNode node : file.path("trees")) {
            int column = node.path("column").asInt(-1);
            if (column < 0 || column >= columns.size() || before.contains(column)) {
                throw new ModelFileException("it has a tree of column " + column + ", or two of it");
            }
            trees.add(tree(node, column, columns.get(column).size(), predictors, before, shrunk));
            before.add(column);
        }
        if (trees.size() != columns.size()) {
            throw new ModelFileException("it has " + trees.size() + " trees for " + columns.size() + " columns");
        }
        return new TreeModel(columns, trees, shrinkage, target, fittedRows);
    }

    private static ColumnTree tree(JsonNode file, int column, int codes, List<Predictor> predictors, Set<Integer> before,
            Shrinkage shrinkage) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode node : file.path("predictors")) {
            numbers.add(predictor(node, predictors, before));
        }
        Tree tree = nodes(file, numbers.stream().mapToInt(Integer::intValue).toArray(), predictors);
        double[] counts = counts(file.path("leaves"), tree.leaves(), codes);
        return new ColumnTree(column, tree, file.has("tilt")
                ? LeafLaws.of(tree, tilt(file.path("tilt"), codes), counts, shrinkage)
                : LeafLaws.of(tree, codes, counts, shrinkage));
    }

    private static double[] tilt(JsonNode file, int codes) {
        double[] tilt = new double[codes];
        for (int code = 0; code < codes; code++) {
            tilt[code] = file.path(code).asDouble(-1);
            if (file.size() != codes || !(tilt[code] >= 0) || Double.isInfinite(tilt[code])) {
                throw new ModelFileException("the tilt of a tree is not one factor for each of " + codes + " codes");
            }
        }
        return tilt;
    }

    private static int predictor(JsonNode node, List<Predictor> predictors, Set<Integer> before) {
        int column = node.path("column").asInt(-1);
        String part = node.path("part").asText("");
        for (int number = 0; number < predictors.size(); number++) {
            Predictor predictor = predictors.get(number);
            String own = predictor.part().map(known -> known.name().toLowerCase(Locale.ROOT)).orElse("");
            if (predictor.column() == column && own.equals(part) && before.contains(column)) {
                return number;
            }
        }
        throw new ModelFileException("a tree has a predictor that is not an earlier column: " + node);
    }

    private static Tree nodes(JsonNode file, int[] numbers, List<Predictor> predictors) {
        int[] slots = ColumnFile.integers(file.path("slots"));
        int[] children = ColumnFile.integers(file.path("children"));
        JsonNode right = file.path("right");
        TreeBuilder tree = new TreeBuilder(numbers);
        int inner = 0;
        for (int node = 0; node < slots.length; node++) {
            if (slots[node] < 0) {
                continue;
            }
            if (slots[node] >= numbers.length || inner >= children.length) {
                throw new ModelFileException("a tree has a node without predictor or children");
            }
            tree.place(node, slots[node], children[inner], mask(right.path(inner), predictors.get(numbers[slots[node]])),
                    slots.length);
            inner++;
        }
        if (slots.length != 1 + 2 * inner) {
            throw new ModelFileException("a tree has " + slots.length + " nodes, " + inner + " of them inner ones");
        }
        return tree.build();
    }

    private static long[] mask(JsonNode right, Predictor predictor) {
        long[] mask = new long[predictor.size() + 63 >>> 6];
        if (predictor.ordered()) {
            for (int value = Math.max(0, right.asInt()); value < predictor.size(); value++) {
                mask[value >>> 6] |= 1L << value;
            }
            return mask;
        }
        for (JsonNode node : right) {
            int value = node.asInt(-1);
            if (value < 0 || value >= predictor.size()) {
                throw new ModelFileException("a tree splits a value that does not exist: " + value);
            }
            mask[value >>> 6] |= 1L << value;
        }
        return mask;
    }

    private static double[] counts(JsonNode file, int leaves, int codes) {
        if (file.size() != leaves) {
            throw new ModelFileException("a tree has the counts of " + file.size() + " leaves, not " + leaves);
        }
        double[] counts = new double[leaves * codes];
        for (int leaf = 0; leaf < leaves; leaf++) {
            JsonNode pairs = file.get(leaf);
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                int code = pairs.get(i).asInt(-1);
                double count = pairs.get(i + 1).asDouble(-1);
                if (code < 0 || code >= codes || !(count >= 0)) {
                    throw new ModelFileException("a leaf has a count of " + count + " for code " + code);
                }
                counts[leaf * codes + code] = count;
            }
        }
        return counts;
    }
}
