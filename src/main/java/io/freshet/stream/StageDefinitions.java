package io.freshet.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/**
 * The stages of a definition.
 *
 * @param uses the fields they use
 * @param routedTo the sinks that get only what is routed to them
 * @param othersTo those among them that get records which do not look like those behind the stages
 */
record StageDefinitions(List<StageDefinition> stages, FieldUses uses, Set<String> routedTo, Set<String> othersTo) {

    StageDefinitions {
        stages = List.copyOf(stages);
        routedTo = Set.copyOf(routedTo);
        othersTo = Set.copyOf(othersTo);
    }

    /**
     * @param sinks the names of the sinks
     */
    static StageDefinitions parse(Optional<DefinitionNode> node, List<String> sinks) {
        Parsing parsing = Parsing.of(sinks);
        List<StageDefinition> stages = node.map(list -> StageDefinition.parseAll(list, parsing)).orElse(List.of());
        return new StageDefinitions(stages, parsing.uses(), parsing.routedTo(), parsing.othersTo());
    }

    /**
     * The columns of what comes out of them.
     *
     * @param source those of the source; empty when nobody knows
     * @return empty if it cannot be known what they are
     * @throws DefinitionException if a stage reads a field that no record has
     */
    Optional<Schema> columns(Optional<Schema> source) {
        Map<String, KnownField> fields = uses.check(source.map(StageDefinitions::fields).orElse(null));
        if (fields == null) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, KnownField> field : fields.entrySet()) {
            ColumnType type = field.getValue().type();
            if (type != null) {
                columns.add(new Column(field.getKey(), type, field.getValue().nullable()));
            } else if (!field.getValue().isObject()) {
                return Optional.empty();
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(new Schema(columns));
    }

    /** What the records of a source have. */
    static @Nullable Map<String, KnownField> fields(Schema schema) {
        Map<String, KnownField> fields = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            if (column.isNested()) {
                fields.put(column.path().get(0), KnownField.OBJECT);
            }
            fields.put(column.name(), new KnownField(column.type(), column.nullable()));
        }
        return fields;
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }
}
