package io.freshet.stream.definition;

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
 * @param name its name in the stream
 * @param kind its kind, as definitions write it
 * @param onError what happens to a record for which the stage fails
 * @param maker creates the running stage
 */
public record StageDefinition(String name, String kind, OnError onError, Function<StageContext, Stage> maker) {

    /** Parses the settings of one kind of stage. */
    private interface Parser extends BiFunction<DefinitionNode, StageParseContext, Function<StageContext, Stage>> {
    }

    private static final List<String> COMMON = List.of("name", "on_error");
    /** In streaming, a checkpoint is saved state, so the quality check was renamed; the old name remains an alias. */
    private static final Map<String, String> OLD_NAMES = Map.of("checkpoint", "expect");
    /** Stages that keep no state between records, and are therefore allowed in handlers. */
    private static final Map<String, Parser> PLAIN = plain();
    private static final Map<String, Parser> ALL = all();

    private static Map<String, Parser> plain() {
        Map<String, Parser> parsers = new LinkedHashMap<>();
        parsers.put("filter", StageDefinition::filter);
        parsers.put("transform", (node, stageParseContext) -> TransformDefinition.parse(node, stageParseContext.uses()));
        parsers.put("enrich", RuleDefinitions::enrich);
        parsers.put("route", RuleDefinitions::route);
        parsers.put("expect", RuleDefinitions::expect);
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

    private static Function<StageContext, Stage> filter(DefinitionNode node, StageParseContext stageParseContext) {
        Condition condition = ConditionDefinition.parse(node, stageParseContext.uses());
        return tools -> new Filter(condition);
    }

    /** Returns the kinds of stages as definitions name them. */
    public static List<String> kinds() {
        return List.copyOf(ALL.keySet());
    }

    public NamedStage make(StageContext tools) {
        return new NamedStage(name, kind, maker.apply(tools), onError);
    }

    /** Parses a list of stages, which may be empty. */
    static List<StageDefinition> parseAll(DefinitionNode node, StageParseContext stageParseContext) {
        return parse(node, stageParseContext, ALL);
    }

    /** Parses stages that are nested in another one. */
    static List<StageDefinition> parseInner(DefinitionNode node, StageParseContext stageParseContext) {
        return parse(node, stageParseContext, PLAIN);
    }

    private static List<StageDefinition> parse(DefinitionNode node, StageParseContext stageParseContext,
            Map<String, Parser> parsers) {
        if (!node.json().isArray()) {
            throw node.wrong("must be a list of stages: " + String.join(", ", parsers.keySet()));
        }
        List<StageDefinition> stages = new ArrayList<>();
        for (int i = 0; i < node.json().size(); i++) {
            DefinitionNode element = node.element(i);
            StageDefinition stage = parse(element, i, stageParseContext, parsers);
            if (stages.stream().anyMatch(other -> other.name.equals(stage.name))) {
                throw new DefinitionException(element.path() + ".name",
                        "is already used: another stage has the name " + stage.name);
            }
            stages.add(stage);
        }
        return stages;
    }

    private static StageDefinition parse(DefinitionNode node, int index, StageParseContext stageParseContext,
            Map<String, Parser> parsers) {
        List<String> known = new ArrayList<>(parsers.keySet());
        known.addAll(OLD_NAMES.keySet());
        String written = node.oneKind(parsers == ALL ? "kind of stage" : "kind of stage in handlers",
                List.copyOf(parsers.keySet()), known, COMMON);
        String kind = OLD_NAMES.getOrDefault(written, written);
        OnError onError = node.find("on_error").map(StageDefinition::action).orElse(OnError.DEAD_LETTER);
        Parser parser = parsers.getOrDefault(kind, StageDefinition::filter);
        String name = node.find("name").map(StageDefinition::name).orElse(written + "-" + (index + 1));
        return new StageDefinition(name, kind, onError, parser.apply(node.get(written), stageParseContext.named(name)));
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
