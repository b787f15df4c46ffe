package io.freshet.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.freshet.stage.Condition;
import io.freshet.stage.Filter;
import io.freshet.stage.NamedStage;
import io.freshet.stage.OnError;
import io.freshet.stage.Stage;
import io.freshet.store.Names;

/**
 * One stage of a definition.
 *
 * @param name in its stream
 * @param kind as definitions name it
 * @param onError what becomes of a record that it fails for
 * @param maker makes one that runs
 */
record StageDefinition(String name, String kind, OnError onError, Function<StageTools, Stage> maker) {

    /** Reads the settings of one kind of stage. */
    private interface Parser extends BiFunction<DefinitionNode, Parsing, Function<StageTools, Stage>> {
    }

    /** What keeps nothing from record to record, and so may stand in handlers. */
    private static final Map<String, Parser> PLAIN = plain();
    private static final Map<String, Parser> ALL = all();

    private static Map<String, Parser> plain() {
        Map<String, Parser> parsers = new LinkedHashMap<>();
        parsers.put("filter", StageDefinition::filter);
        parsers.put("transform", (node, parsing) -> TransformDefinition.parse(node, parsing.uses()));
        parsers.put("enrich", RuleDefinitions::enrich);
        parsers.put("route", RuleDefinitions::route);
        parsers.put("checkpoint", RuleDefinitions::checkpoint);
        parsers.put("limit", CustomDefinition::limit);
        return parsers;
    }

    private static Map<String, Parser> all() {
        Map<String, Parser> parsers = plain();
        parsers.put("handlers", RuleDefinitions::handlers);
        parsers.put("window", WindowDefinition::parse);
        parsers.put("voxels", VoxelDefinition::parse);
        parsers.put("buffer", CustomDefinition::buffer);
        parsers.put("queue", CustomDefinition::queue);
        parsers.put("custom", CustomDefinition::parse);
        return parsers;
    }

    private static Function<StageTools, Stage> filter(DefinitionNode node, Parsing parsing) {
        Condition condition = ConditionDefinition.parse(node, parsing.uses());
        return tools -> new Filter(condition);
    }

    NamedStage make(StageTools tools) {
        return new NamedStage(name, kind, maker.apply(tools), onError);
    }

    /** The stages of a list, which may be empty. */
    static List<StageDefinition> parseAll(DefinitionNode node, Parsing parsing) {
        return parse(node, parsing, ALL);
    }

    /** Stages that stand in another one. */
    static List<StageDefinition> parseInner(DefinitionNode node, Parsing parsing) {
        return parse(node, parsing, PLAIN);
    }

    private static List<StageDefinition> parse(DefinitionNode node, Parsing parsing, Map<String, Parser> parsers) {
        if (!node.json().isArray()) {
            throw node.wrong("must be a list of stages: " + String.join(", ", parsers.keySet()));
        }
        List<StageDefinition> stages = new ArrayList<>();
        for (int i = 0; i < node.json().size(); i++) {
            DefinitionNode element = node.element(i);
            StageDefinition stage = parse(element, i, parsing, parsers);
            if (stages.stream().anyMatch(other -> other.name.equals(stage.name))) {
                throw new DefinitionException(element.path() + ".name", "is taken: another stage has the name " + stage.name);
            }
            stages.add(stage);
        }
        return stages;
    }

    private static StageDefinition parse(DefinitionNode node, int index, Parsing parsing, Map<String, Parser> parsers) {
        List<String> known = new ArrayList<>(parsers.keySet());
        known.addAll(List.of("name", "on_error"));
        node.object(known.toArray(String[]::new));
        List<String> kinds = parsers.keySet().stream().filter(kind -> node.json().has(kind)).toList();
        if (kinds.size() != 1) {
            throw node.wrong("must have exactly one of " + String.join(", ", parsers.keySet()));
        }
        String kind = kinds.get(0);
        OnError onError = node.find("on_error").map(StageDefinition::action).orElse(OnError.DEAD_LETTER);
        Parser parser = parsers.getOrDefault(kind, StageDefinition::filter);
        String name = node.find("name").map(StageDefinition::name).orElse(kind + "-" + (index + 1));
        return new StageDefinition(name, kind, onError, parser.apply(node.get(kind), parsing.named(name)));
    }

    private static String name(DefinitionNode node) {
        if (!Names.isValid(node.text())) {
            throw node.wrong("must match " + Names.PATTERN);
        }
        return node.text();
    }

    static OnError action(DefinitionNode node) {
        return OnError.find(node.text()).orElseThrow(() -> node.wrong("must be one of " + String.join(", ", OnError.ids())));
    }
}
