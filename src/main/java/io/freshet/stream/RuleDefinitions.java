package io.freshet.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.freshet.event.FieldPath;
import io.freshet.stage.Checkpoint;
import io.freshet.stage.Condition;
import io.freshet.stage.Enrich;
import io.freshet.stage.Handlers;
import io.freshet.stage.OnError;
import io.freshet.stage.Operation;
import io.freshet.stage.Pipeline;
import io.freshet.stage.Route;
import io.freshet.stage.Stage;

/** Stages that do one thing or another with a record, as it is: enrich, route, handlers, checkpoint. */
final class RuleDefinitions {

    private static final String MARK = "_failed_checks";

    private RuleDefinitions() {
    }

    /** {@code {match, rules: [{when, set, lookup}]}} */
    static Function<StageTools, Stage> enrich(DefinitionNode node, Parsing parsing) {
        node.object("match", "rules");
        List<Enrich.Rule> rules = new ArrayList<>();
        for (DefinitionNode rule : node.get("rules").elements("rules")) {
            rule.object("when", "set", "lookup");
            Condition when = rule.find("when").map(each -> ConditionDefinition.parse(each, parsing.uses()))
                    .orElse((fields, now) -> true);
            List<Operation> then = new ArrayList<>();
            rule.find("set").ifPresent(set -> set.members("field to value")
                    .forEach((name, value) -> then.add(TransformDefinition.setSometimes(name, value, parsing.uses()))));
            rule.find("lookup").ifPresent(lookup -> then.add(lookup(lookup, parsing.uses())));
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

    private static Operation lookup(DefinitionNode node, FieldUses uses) {
        node.object("field", "table", "into");
        FieldPath from = uses.read(node.get("field"));
        DefinitionNode into = node.get("into");
        Map<String, Object> table = new LinkedHashMap<>();
        node.get("table").members("value to what is set").forEach((key, value) -> {
            Object found = value.scalar();
            if (found == null) {
                throw value.wrong("must not be null");
            }
            table.put(key, found);
        });
        FieldPath to = uses.writeSometimes(into, into.text(),
                table.values().stream().map(KnownField::of).reduce(KnownField::or).orElse(KnownField.UNKNOWN));
        return (fields, now) -> {
            Object key = from.get(fields);
            Object found = key == null ? null : table.get(key.toString());
            if (found != null) {
                to.set(fields, found);
            }
        };
    }

    /** {@code {match, rules: [{when, to}], otherwise}} */
    static Function<StageTools, Stage> route(DefinitionNode node, Parsing parsing) {
        node.object("match", "rules", "otherwise");
        List<Route.Rule> rules = new ArrayList<>();
        for (DefinitionNode rule : node.get("rules").elements("rules")) {
            rule.object("when", "to");
            rules.add(new Route.Rule(ConditionDefinition.parse(rule.get("when"), parsing.uses()),
                    parsing.sinks(rule.get("to"))));
        }
        Optional<DefinitionNode> otherwise = node.find("otherwise");
        boolean dropped = otherwise.map(each -> each.json().asText().equals("drop")).orElse(false);
        List<String> others = dropped ? List.of() : otherwise.map(parsing::sinks).orElse(null);
        if (others == null && parsing.routedTo().containsAll(parsing.sinks())) {
            throw node.wrong("needs otherwise: every sink gets only what is routed to it, so name sinks for the rest, or drop");
        }
        boolean first = isFirst(node, "first");
        return tools -> new Route(rules, first, others);
    }

    /** {@code {field, on: {type: [stages]}, otherwise: pass | drop | [stages]}} */
    static Function<StageTools, Stage> handlers(DefinitionNode node, Parsing parsing) {
        node.object("field", "on", "otherwise");
        FieldPath field = node.find("field").map(each -> parsing.uses().read(each)).orElse(FieldPath.of("event_type"));
        List<FieldUses> branches = new ArrayList<>();
        Map<String, List<StageDefinition>> handlers = new LinkedHashMap<>();
        node.get("on").members("type to stages")
                .forEach((type, stages) -> handlers.put(type, branch(stages, parsing, branches)));
        Optional<DefinitionNode> otherwise = node.find("otherwise");
        boolean listed = otherwise.map(each -> each.json().isArray()).orElse(false);
        boolean dropped = !listed && otherwise.map(each -> each.oneOf("pass", "drop")).orElse("pass").equals("drop");
        List<StageDefinition> others = listed ? branch(otherwise.orElseThrow(), parsing, branches) : List.of();
        if (!listed && !dropped) {
            branches.add(new FieldUses());
        }
        parsing.uses().branches(branches);
        return tools -> {
            Map<String, Pipeline> made = new LinkedHashMap<>();
            handlers.forEach((type, stages) -> made.put(type, pipeline(stages, tools)));
            return new Handlers(field, made, dropped ? null : pipeline(others, tools));
        };
    }

    private static List<StageDefinition> branch(DefinitionNode node, Parsing parsing, List<FieldUses> branches) {
        Parsing inner = parsing.branch();
        branches.add(inner.uses());
        return StageDefinition.parseInner(node, inner);
    }

    private static Pipeline pipeline(List<StageDefinition> stages, StageTools tools) {
        return new Pipeline(stages.stream().map(stage -> stage.make(tools)).toList());
    }

    /** {@code {expect: [{name, that}], on_failure, mark}} */
    static Function<StageTools, Stage> checkpoint(DefinitionNode node, Parsing parsing) {
        node.object("expect", "on_failure", "mark");
        List<Checkpoint.Expectation> expectations = new ArrayList<>();
        for (DefinitionNode each : node.get("expect").elements("expectations")) {
            each.object("name", "that");
            expectations.add(new Checkpoint.Expectation(each.get("name").text(),
                    ConditionDefinition.parse(each.get("that"), parsing.uses())));
        }
        OnError onFailure = node.find("on_failure").map(StageDefinition::action).orElse(OnError.DEAD_LETTER);
        DefinitionNode named = node.find("mark").orElse(node);
        String name = node.find("mark").map(DefinitionNode::text).orElse(MARK);
        FieldPath mark = onFailure == OnError.PASS ? parsing.uses().writeSometimes(named, name, KnownField.UNKNOWN)
                : FieldPath.of(MARK);
        return tools -> new Checkpoint(expectations, onFailure, mark);
    }
}
