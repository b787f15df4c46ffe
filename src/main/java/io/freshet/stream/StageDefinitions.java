package io.freshet.stream;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stages of a definition.
 *
 * @param uses the fields they use
 * @param routedTo the sinks that get only what is routed to them
 */
record StageDefinitions(List<StageDefinition> stages, FieldUses uses, Set<String> routedTo) {

    StageDefinitions {
        stages = List.copyOf(stages);
        routedTo = Set.copyOf(routedTo);
    }

    /**
     * @param sinks the names of the sinks
     */
    static StageDefinitions parse(Optional<DefinitionNode> node, List<String> sinks) {
        Parsing parsing = Parsing.of(sinks);
        List<StageDefinition> stages = node.map(list -> StageDefinition.parseAll(list, parsing)).orElse(List.of());
        return new StageDefinitions(stages, parsing.uses(), parsing.routedTo());
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }
}
