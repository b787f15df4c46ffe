package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.List;

import io.freshet.store.Names;

/**
 * Assigns names to the sinks of a stream: the name in the definition, otherwise the kind, with a number if there are several
 * sinks of that kind.
 */
final class SinkNames {

    private SinkNames() {
    }

    /**
     * @param sinks a list of parsed sinks
     * @throws DefinitionException if two have the same name
     */
    static List<String> of(DefinitionNode sinks) {
        List<String> names = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < sinks.json().size(); i++) {
            DefinitionNode sink = sinks.element(i);
            String kind = SinkDefinition.KINDS.stream().filter(sink.json()::has).findFirst().orElseThrow();
            kinds.add(kind);
            long same = kinds.stream().filter(kind::equals).count();
            String name = sink.find("name").map(SinkNames::checked).orElse(same == 1 ? kind : kind + "-" + same);
            if (names.contains(name)) {
                throw new DefinitionException(sink.path() + ".name", "is already used: another sink has the name " + name);
            }
            names.add(name);
        }
        return names;
    }

    private static String checked(DefinitionNode name) {
        if (!Names.isValid(name.text())) {
            throw name.wrong("must match " + Names.PATTERN);
        }
        return name.text();
    }
}
