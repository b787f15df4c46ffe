package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known while the stages of a definition are parsed.
 *
 * @param stage the name of the one that is being parsed
 * @param uses the fields they use so far
 * @param sinks the names of all sinks
 * @param routedTo those among them that something is routed to so far
 * @param othersTo those among them that get records which do not look like those behind the stages
 */
record Parsing(String stage, FieldUses uses, List<String> sinks, Set<String> routedTo, Set<String> othersTo) {

    Parsing {
        sinks = List.copyOf(sinks);
    }

    static Parsing of(List<String> sinks) {
        return new Parsing("", new FieldUses(), sinks, new TreeSet<>(), new TreeSet<>());
    }

    /** For stages that only some records meet. */
    Parsing branch() {
        return new Parsing(stage, new FieldUses(), sinks, routedTo, othersTo);
    }

    /** For one stage. */
    Parsing named(String name) {
        return new Parsing(name, uses, sinks, routedTo, othersTo);
    }

    /** The name of a sink, or a list of names; such sinks get only what is routed to them. */
    List<String> sinks(DefinitionNode node) {
        List<DefinitionNode> each = node.json().isArray() ? node.elements("sinks") : List.of(node);
        List<String> names = new ArrayList<>();
        for (DefinitionNode name : each) {
            if (!sinks.contains(name.text())) {
                throw name.wrong("names no sink: " + name.text() + "; there are " + String.join(", ", sinks));
            }
            names.add(name.text());
        }
        routedTo.addAll(names);
        return names;
    }

    /** The same, of sinks that get what does not go through the stages that follow. */
    List<String> others(DefinitionNode node) {
        List<String> names = sinks(node);
        othersTo.addAll(names);
        return names;
    }
}
