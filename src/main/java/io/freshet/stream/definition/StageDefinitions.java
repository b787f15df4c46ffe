package io.freshet.stream.definition;

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
 * @param uses the fields that the stages use
 * @param routedTo the sinks that receive only what is routed to them
 * @param othersTo those of them that receive records that look different from those after the stages
 */
public record StageDefinitions(List<StageDefinition> stages, FieldLineage uses, Set<String> routedTo, Set<String> othersTo) {

    public StageDefinitions {
        stages = List.copyOf(stages);
        routedTo = Set.copyOf(routedTo);
        othersTo = Set.copyOf(othersTo);
    }

    /**
     * @param sinks the names of the sinks
     */
    static StageDefinitions parse(Optional<DefinitionNode> node, List<String> sinks) {
        StageParseContext stageParseContext = StageParseContext.of(sinks);
        List<StageDefinition> stages = node.map(list -> StageDefinition.parseAll(list, stageParseContext)).orElse(List.of());
        return new StageDefinitions(stages, stageParseContext.uses(), stageParseContext.routedTo(),
                stageParseContext.othersTo());
    }

    /**
     * Returns the columns of the records after the stages.
     *
     * @param source the columns of the source; empty if they are not known
     * @return empty if the columns cannot be determined
     * @throws DefinitionException if a stage reads a field that no record has
     */
    public Optional<Schema> columns(Optional<Schema> source) {
        Map<String, FieldInfo> fields = uses.check(source.map(StageDefinitions::fields).orElse(null));
        if (fields == null) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, FieldInfo> field : fields.entrySet()) {
            ColumnType type = field.getValue().type();
            if (type != null) {
                columns.add(new Column(field.getKey(), type, field.getValue().nullable()));
            } else if (!field.getValue().isObject()) {
                return Optional.empty();
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(new Schema(columns));
    }

    /** Returns the fields of a source with this schema. */
    public static @Nullable Map<String, FieldInfo> fields(Schema schema) {
        Map<String, FieldInfo> fields = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            if (column.isNested()) {
                fields.put(column.path().get(0), FieldInfo.OBJECT);
            }
            fields.put(column.name(), new FieldInfo(column.type(), column.nullable()));
        }
        return fields;
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }
}
