package io.freshet.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.freshet.event.FieldPath;
import io.freshet.stage.KeyedHash;
import io.freshet.stage.Operation;
import io.freshet.stage.Operation.CastType;
import io.freshet.stage.Stage;
import io.freshet.stage.Transform;

/** Operations on records, in the order they are written: in one object, or in a list of objects. */
final class TransformDefinition {

    private static final String[] KINDS = { "parse_iso", "hash", "flatten", "rename", "cast", "set", "remove", "normalize",
            "timestamp" };

    private final FieldUses uses;
    private final List<Function<StageTools, Operation>> operations = new ArrayList<>();

    private TransformDefinition(FieldUses uses) {
        this.uses = uses;
    }

    static Function<StageTools, Stage> parse(DefinitionNode node, FieldUses uses) {
        TransformDefinition definition = new TransformDefinition(uses);
        List<DefinitionNode> objects = node.json().isArray() ? node.elements("operations") : List.of(node);
        objects.forEach(definition::addAll);
        if (definition.operations.isEmpty()) {
            throw node.wrong("must have at least one of " + String.join(", ", KINDS));
        }
        return tools -> new Transform(definition.operations.stream().map(operation -> operation.apply(tools)).toList());
    }

    private void addAll(DefinitionNode node) {
        node.object(KINDS);
        node.json().fieldNames().forEachRemaining(kind -> add(kind, node.get(kind)));
    }

    private void add(String kind, DefinitionNode node) {
        switch (kind) {
            case "parse_iso" -> fields(node).forEach(field -> always(Operation.parseIso(uses.read(field))));
            case "hash" -> hash(node);
            case "flatten" -> flatten(node);
            case "rename" -> node.members("old name to new name").forEach(this::rename);
            case "cast" -> node.members("field to type").forEach(this::cast);
            case "set" -> node.members("field to value").forEach((name, value) -> always(set(name, value, uses)));
            case "remove" -> fields(node).forEach(this::remove);
            case "normalize" -> node.members("field to {min, max} or {mean, std}").forEach(this::normalize);
            default -> timestamp(node);
        }
    }

    private void always(Operation operation) {
        operations.add(tools -> operation);
    }

    /** One field, or a list of fields. */
    private static List<DefinitionNode> fields(DefinitionNode node) {
        return node.json().isArray() ? node.elements("fields") : List.of(node);
    }

    private void hash(DefinitionNode node) {
        node.object("fields", "key");
        DefinitionNode key = node.get("key");
        String name = key.text();
        for (DefinitionNode field : fields(node.get("fields"))) {
            FieldPath path = uses.read(field);
            operations.add(tools -> new KeyedHash(path, tools.hashKey(name)
                    .orElseThrow(() -> key.wrong("names no key: " + name + "; set freshet.stages.hash-keys." + name))));
        }
    }

    private void flatten(DefinitionNode node) {
        boolean plain = node.json().isBoolean() && node.flag();
        String separator = plain ? "."
                : node.object("separator").find("separator").map(DefinitionNode::text).orElse(".");
        uses.forget();
        always(Operation.flatten(separator));
    }

    private void rename(String name, DefinitionNode to) {
        FieldPath from = uses.read(to, name);
        uses.remove(from);
        always(Operation.rename(from, uses.write(to, to.text())));
    }

    private void cast(String name, DefinitionNode type) {
        CastType wanted = Arrays.stream(CastType.values()).filter(each -> each.id().equals(type.text())).findFirst()
                .orElseThrow(() -> type.wrong(
                        "must be one of " + String.join(", ", Arrays.stream(CastType.values()).map(CastType::id).toList())));
        always(Operation.cast(uses.read(type, name), wanted));
    }

    /** A value that is always the same, or that of another field. */
    static Operation set(String name, DefinitionNode value, FieldUses uses) {
        if (value.json().isObject()) {
            FieldPath from = uses.read(value.object("field").get("field"));
            return Operation.copy(from, uses.write(value, name));
        }
        return Operation.set(uses.write(value, name), value.scalar());
    }

    private void remove(DefinitionNode field) {
        FieldPath path = uses.read(field);
        uses.remove(path);
        always(Operation.remove(path));
    }

    private void normalize(String name, DefinitionNode bounds) {
        bounds.object("min", "max", "mean", "std");
        boolean range = bounds.json().has("min") || bounds.json().has("max");
        double shift = number(bounds.get(range ? "min" : "mean"));
        double scale = range ? number(bounds.get("max")) - shift : number(bounds.get("std"));
        if (bounds.json().size() != 2 || !(scale > 0)) {
            throw bounds.wrong("must be min and a greater max, or mean and a positive std");
        }
        always(Operation.normalize(uses.read(bounds, name), shift, scale));
    }

    private static double number(DefinitionNode node) {
        return node.number(-Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private void timestamp(DefinitionNode node) {
        DefinitionNode settings = node.json().isTextual() ? node : node.object("field", "format").get("field");
        String format = node.json().isTextual() ? "iso" : node.find("format").map(f -> f.oneOf("iso", "millis")).orElse("iso");
        always(Operation.timestamp(uses.write(settings, settings.text()), format.equals("iso")));
    }
}
