package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.freshet.event.FieldPath;
import io.freshet.stage.Condition;
import io.freshet.stage.Enrich;
import io.freshet.stage.Expect;
import io.freshet.stage.Handlers;
import io.freshet.stage.InlinePipeline;
import io.freshet.stage.OnError;
import io.freshet.stage.Operation;
import io.freshet.stage.Route;
import io.freshet.stage.Stage;

/** Parses stages that treat a record according to its contents: enrich, route, handlers, expect. */
final class RuleDefinitions {

    private static final String MARK = "_failed_checks";

    private RuleDefinitions() {
    }

    /** {@code {match, rules: [{when, set, lookup}]}} */
    static Function<StageContext, Stage> enrich(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("match", "rules");
        List<Enrich.Rule> rules = new ArrayList<>();
        for (DefinitionNode rule : node.get("rules").elements("rules")) {
            rule.object("when", "set", "lookup");
            Condition when = rule.find("when").map(each -> ConditionDefinition.parse(each, stageParseContext.uses()))
                    .orElse((fields, now) -> true);
            List<Operation> then = new ArrayList<>();
            rule.find("set").ifPresent(set -> set.members("field to value")
                    .forEach((name, value) -> then
                            .add(TransformDefinition.setSometimes(name, value, stageParseContext.uses()))));
            rule.find("lookup").ifPresent(lookup -> then.add(lookup(lookup, stageParseContext.uses())));
            if (then.isEmpty()) {
                throw rule.wrong("must have set or lookup");
            }
            rules.add(new Enrich.Rule(when, then));
        }
        boolean first = isFirst(node, "all");
        return tools -> new Enrich(rules, first);
    }

    private static boolean isFirst(DefinitionNode node, String standard) {
        return node.find("match").map(match -> match.oneOf("first", "all")).orElse(standard).equals("first");
    }

    private static Operation lookup(DefinitionNode node, FieldLineage uses) {
        node.object("field", "table", "into");
        FieldPath from = uses.read(node.get("field"));
        DefinitionNode into = node.get("into");
        Map<String, Object> table = new LinkedHashMap<>();
        node.get("table").members("value to the fields that are set").forEach((key, value) -> {
            Object found = value.scalar();
            if (found == null) {
                throw value.wrong("must not be null");
            }
            table.put(key, found);
        });
        FieldPath to = uses.writeSometimes(into, into.text(),
                table.values().stream().map(FieldInfo::of).reduce(FieldInfo::or).orElse(FieldInfo.UNKNOWN));
        return (fields, now) -> {
            Object key = from.get(fields);
            Object found = key == null ? null : table.get(key.toString());
            if (found != null) {
                to.set(fields, found);
            }
        };
    }

    /** {@code {match, rules: [{when, to}], otherwise}} */
    static Function<StageContext, Stage> route(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("match", "rules", "otherwise");
        List<Route.Rule> rules = new ArrayList<>();
        for (DefinitionNode rule : node.get("rules").elements("rules")) {
            rule.object("when", "to");
            rules.add(new Route.Rule(ConditionDefinition.parse(rule.get("when"), stageParseContext.uses()),
                    stageParseContext.sinks(rule.get("to"))));
        }
        Optional<DefinitionNode> otherwise = node.find("otherwise");
        boolean dropped = otherwise.map(each -> each.json().asText().equals("drop")).orElse(false);
        List<String> others = dropped ? List.of() : otherwise.map(stageParseContext::sinks).orElse(null);
        if (others == null && stageParseContext.routedTo().containsAll(stageParseContext.sinks())) {
            throw node.wrong(
                    "needs otherwise, because every sink receives only what is routed to it: name sinks for the rest, or drop");
        }
        boolean first = isFirst(node, "first");
        return tools -> new Route(rules, first, others);
    }

    /** {@code {field, on: {type: [stages]}, otherwise: pass | drop | [stages]}} */
    static Function<StageContext, Stage> handlers(DefinitionNode node, StageParseContext stageParseContext) {
        node.object("field", "on", "otherwise");
        FieldPath field = node.find("field").map(each -> stageParseContext.uses().read(each))
                .orElse(FieldPath.of("event_type"));
        List<FieldLineage> branches = new ArrayList<>();
        Map<String, List<StageDefinition>> handlers = new LinkedHashMap<>();
        node.get("on").members("type to stages")
                .forEach((type, stages) -> handlers.put(type, branch(stages, stageParseContext, branches)));
        Optional<DefinitionNode> otherwise = node.find("otherwise");
        boolean listed = otherwise.map(each -> each.json().isArray()).orElse(false);
        boolean dropped = !listed && otherwise.map(each -> each.oneOf("pass", "drop")).orElse("pass").equals("drop");
        List<StageDefinition> others = listed ? branch(otherwise.orElseThrow(), stageParseContext, branches) : List.of();
        if (!listed && !dropped) {
            branches.add(new FieldLineage());
        }
        stageParseContext.uses().branches(branches);
        return tools -> {
            Map<String, InlinePipeline> made = new LinkedHashMap<>();
            handlers.forEach((type, stages) -> made.put(type, pipeline(stages, tools)));
            return new Handlers(field, made, dropped ? null : pipeline(others, tools));
        };
    }

    private static List<StageDefinition> branch(DefinitionNode node, StageParseContext stageParseContext,
            List<FieldLineage> branches) {
        StageParseContext inner = stageParseContext.branch();
        branches.add(inner.uses());
        return StageDefinition.parseInner(node, inner);
    }

    private static InlinePipeline pipeline(List<StageDefinition> stages, StageContext tools) {
        return new InlinePipeline(stages.stream().map(stage -> stage.make(tools)).toList());
    }

    /** Parses {@code {checks: [{name, that}], on_failure, mark}}; {@code expect} is the old name of the checks. */
    static Function<StageContext, Stage> expect(DefinitionNode written, StageParseContext stageParseContext) {
        DefinitionNode node = written.synonym("expect", "checks").object("checks", "on_failure", "mark");
        List<Expect.Expectation> expectations = new ArrayList<>();
        for (DefinitionNode each : node.get("checks").elements("checks")) {
            each.object("name", "that");
            expectations.add(new Expect.Expectation(each.get("name").text(),
                    ConditionDefinition.parse(each.get("that"), stageParseContext.uses())));
        }
        OnError onFailure = node.find("on_failure").map(StageDefinition::action).orElse(OnError.DEAD_LETTER);
        DefinitionNode named = node.find("mark").orElse(node);
        String name = node.find("mark").map(DefinitionNode::text).orElse(MARK);
        FieldPath mark = onFailure == OnError.PASS ? stageParseContext.uses().writeSometimes(named, name, FieldInfo.UNKNOWN)
                : FieldPath.of(MARK);
        return tools -> new Expect(expectations, onFailure, mark);
    }
}
