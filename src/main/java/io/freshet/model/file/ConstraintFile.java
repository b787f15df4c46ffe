package io.freshet.model.file;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.Constraint;
import io.freshet.model.ModelFileException;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.constraint.ConstraintPlan;
import io.freshet.model.constraint.DerivedColumn;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.model.relation.RelationFile;
import io.freshet.model.relation.RelationPlan;
import io.freshet.table.Column;
import io.freshet.table.Schema;

/** The {@code constraints} of a {@link ModelFile}, and the columns that are derived from others by them. */
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
        if (!plan.relations().relations().isEmpty()) {
            RelationFile.write(plan.relations(), plan.schema().columns(), file.putArray("relations"));
        }
    }

    /** Returns the model itself, or one that keeps the constraints of the file. */
    static SynthesisModel read(JsonNode file, SynthesisModel inner) {
        if (!file.has("constraints") && !file.has("relations")) {
            return inner;
        }
        List<Constraint> constraints = new ArrayList<>();
        file.path("constraints").forEach(text -> constraints.add(Constraint.parse(text.asText())));
        List<Column> columns = new ArrayList<>(inner.schema().columns());
        long clocks = constraints.stream().filter(Constraint.TimeOfDay.class::isInstance).count();
        if (clocks >= columns.size()) {
            throw new ModelFileException("it has fewer columns than times of day");
        }
        columns.subList((int) (columns.size() - clocks), columns.size()).clear();
        List<DerivedColumn> derived = new ArrayList<>();
        for (JsonNode node : file.path("derived")) {
            int index = node.path("index").asInt(-1);
            int constraint = node.path("constraint").asInt(-1);
            int[] sources = ColumnFile.integers(node.path("sources"));
            if (index < 0 || index >= columns.size() || constraint < 0 || constraint >= constraints.size()
                    || IntStream.of(sources).anyMatch(source -> source < 0 || source >= columns.size())) {
                throw new ModelFileException("a derived column refers to a column or constraint that does not exist");
            }
            Column column = ColumnFile.column(node);
            derived.add(new DerivedColumn(index, column, columns.get(index), constraints.get(constraint),
                    IntStream.of(sources).boxed().toList(), node.path("scale").asInt(), node.path("least").asDouble(),
                    node.path("greatest").asDouble()));
            columns.set(index, column);
        }
        RelationPlan relations = RelationFile.read(file.path("relations"), columns);
        return new ConstrainedModel(inner, ConstraintPlan.of(new Schema(columns), constraints, derived, relations));
    }
}
