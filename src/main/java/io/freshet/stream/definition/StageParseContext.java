package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known while the stages of a definition are parsed.
 *
 * @param stage the name of the stage that is being parsed
 * @param uses the fields that the stages use so far
 * @param sinks the names of all sinks
 * @param routedTo the sinks that a stage routes records to so far
 * @param othersTo the sinks that receive records that look different from those after the stages
 */
record StageParseContext(String stage, FieldLineage uses, List<String> sinks, Set<String> routedTo, Set<String> othersTo) {

    StageParseContext {
        sinks = List.copyOf(sinks);
    }

    static StageParseContext of(List<String> sinks) {
        return new StageParseContext("", new FieldLineage(), sinks, new TreeSet<>(), new TreeSet<>());
    }

    /** Returns a context for stages that only some records pass. */
    StageParseContext branch() {
        return new StageParseContext(stage, new FieldLineage(), sinks, routedTo, othersTo);
    }

    /** Returns a context for one stage. */
    StageParseContext named(String name) {
        return new StageParseContext(name, uses, sinks, routedTo, othersTo);
    }

    /** Parses the name of a sink, or a list of names. These sinks receive only what is routed to them. */
    List<String> sinks(DefinitionNode node) {
        List<DefinitionNode> each = node.json().isArray() ? node.elements("sinks") : List.of(node);
        List<String> names = new ArrayList<>();
        for (DefinitionNode name : each) {
            if (!sinks.contains(name.text())) {
                throw name.wrong("refers to an unknown sink: " + name.text() + "; expected one of " + String.join(", ", sinks));
            }
            names.add(name.text());
        }
        routedTo.addAll(names);
        return names;
    }

    /** Parses the names of sinks that receive records that bypass the stages that follow. */
    List<String> others(DefinitionNode node) {
        List<String> names = sinks(node);
        othersTo.addAll(names);
        return names;
    }
}
