package io.freshet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.table.Column;
import io.freshet.table.Schema;

/** The {@code constraints} of a {@link ModelFile}, and the columns that follow from others by them. */
final class ConstraintFile {

    private ConstraintFile() {
    }

    static void write(ConstraintPlan plan, ObjectNode file) {
        ArrayNode constraints = file.putArray("constraints");
        plan.constraints().forEach(constraint -> constraints.add(constraint.text()));
        ArrayNode derived = file.putArray("derived");
        for (DerivedColumn column : plan.derived()) {
            ObjectNode node = ColumnFile.write(column.column(), derived.addObject());
            node.put("index", column.index()).put("constraint", plan.constraints().indexOf(column.constraint()))
                    .put("scale", column.scale()).put("least", column.least()).put("greatest", column.greatest());
            ArrayNode sources = node.putArray("sources");
            column.sources().forEach(sources::add);
        }
    }

    /** The model itself, or one that keeps the constraints of the file. */
    static SynthesisModel read(JsonNode file, GaussianCopula inner) {
        if (!file.has("constraints")) {
            return inner;
        }
        List<Constraint> constraints = new ArrayList<>();
        file.get("constraints").forEach(text -> constraints.add(Constraint.parse(text.asText())));
        List<Column> columns = new ArrayList<>(inner.schema().columns());
        long clocks = constraints.stream().filter(Constraint.TimeOfDay.class::isInstance).count();
        if (clocks >= columns.size()) {
            throw new ModelFileException("there are fewer columns than times of day");
        }
        columns.subList((int) (columns.size() - clocks), columns.size()).clear();
        List<DerivedColumn> derived = new ArrayList<>();
        for (JsonNode node : file.path("derived")) {
            int index = node.path("index").asInt(-1);
            int constraint = node.path("constraint").asInt(-1);
            int[] sources = ColumnFile.integers(node.path("sources"));
            if (index < 0 || index >= columns.size() || constraint < 0 || constraint >= constraints.size()
                    || IntStream.of(sources).anyMatch(source -> source < 0 || source >= columns.size())) {
                throw new ModelFileException("a derived column refers to a column or constraint that is not there");
            }
            Column column = ColumnFile.column(node);
            derived.add(new DerivedColumn(index, column, columns.get(index), constraints.get(constraint),
                    IntStream.of(sources).boxed().toList(), node.path("scale").asInt(), node.path("least").asDouble(),
                    node.path("greatest").asDouble()));
            columns.set(index, column);
        }
        return new ConstrainedModel(inner, ConstraintPlan.of(new Schema(columns), constraints, derived));
    }
}
