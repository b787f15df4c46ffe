package io.freshet.stream.definition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.freshet.event.FieldPath;
import io.freshet.stage.Expression;
import io.freshet.stage.KeyedHash;
import io.freshet.stage.Operation;
import io.freshet.stage.Operation.CastType;
import io.freshet.stage.Stage;
import io.freshet.stage.Transform;

/** Parses operations on records, in the order in which they are written: in one object, or in a list of objects. */
final class TransformDefinition {

    private static final String[] KINDS = { "parse_iso", "hash", "flatten", "rename", "cast", "set", "remove", "normalize",
            "timestamp" };

    private final FieldLineage uses;
    private final List<Function<StageContext, Operation>> operations = new ArrayList<>();

    private TransformDefinition(FieldLineage uses) {
        this.uses = uses;
    }

    static Function<StageContext, Stage> parse(DefinitionNode node, FieldLineage uses) {
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
        node.json().fieldNames().forEachRemaining(written -> Arrays.stream(KINDS)
                .filter(kind -> DefinitionNode.isSameName(kind, written)).forEach(kind -> add(kind, node.get(written))));
    }

    private void add(String kind, DefinitionNode node) {
        switch (kind) {
            case "parse_iso" -> fields(node).forEach(this::parseIso);
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

    /** Parses one field, or a list of fields. */
    private static List<DefinitionNode> fields(DefinitionNode node) {
        return node.json().isArray() ? node.elements("fields") : List.of(node);
    }

    /** Parses a field that is changed in place, or {@code {field, output}}. */
    private void parseIso(DefinitionNode node) {
        if (!node.json().isObject()) {
            FieldPath field = change(node, FieldInfo.WHOLE);
            always(Operation.parseIso(field, field));
            return;
        }
        DefinitionNode settings = node.synonym("output_field", "output").object("field", "output");
        FieldPath field = uses.read(settings.get("field"));
        DefinitionNode output = settings.get("output");
        always(Operation.parseIso(field, uses.write(output, output.text(), FieldInfo.WHOLE)));
    }

    private void hash(DefinitionNode written) {
        DefinitionNode node = written.synonym("field", "fields").synonym("output_field", "output").object("fields", "key",
                "output");
        DefinitionNode key = node.get("key");
        String name = key.text();
        List<DefinitionNode> fields = fields(node.get("fields"));
        Optional<DefinitionNode> output = node.find("output");
        if (output.isPresent() && fields.size() > 1) {
            throw output.get().wrong("is only allowed with one field");
        }
        for (DefinitionNode field : fields) {
            FieldPath path = output.isPresent() ? uses.read(field) : change(field, FieldInfo.TEXT);
            FieldPath to = output.map(into -> uses.write(into, into.text(), FieldInfo.TEXT)).orElse(path);
            operations.add(tools -> new KeyedHash(path, to, tools.hashKey(name)
                    .orElseThrow(
                            () -> key.wrong("refers to an unknown key: " + name + "; set freshet.stages.hash-keys." + name))));
        }
    }

    private void flatten(DefinitionNode node) {
        boolean plain = node.json().isBoolean() && node.flag();
        String separator = plain ? "."
                : node.object("separator").find("separator").map(DefinitionNode::text).orElse(".");
        uses.forget();
        always(Operation.flatten(separator));
    }

    private FieldPath change(DefinitionNode field, FieldInfo to) {
        return uses.change(field, field.text(), was -> was.as(to));
    }

    private void rename(String name, DefinitionNode to) {
        FieldPath from = uses.read(to, name);
        always(Operation.rename(from, uses.copy(to, from, to.text(), false)));
    }

    private void cast(String name, DefinitionNode type) {
        CastType wanted = Arrays.stream(CastType.values()).filter(each -> each.id().equals(type.text())).findFirst()
                .orElseThrow(() -> type.wrong(
                        "must be one of " + String.join(", ", Arrays.stream(CastType.values()).map(CastType::id).toList())));
        always(Operation.cast(uses.change(type, name, was -> was.as(known(wanted))), wanted));
    }

    private static FieldInfo known(CastType type) {
        return switch (type) {
            case INTEGER -> FieldInfo.WHOLE;
            case DECIMAL -> FieldInfo.NUMBER;
            case TEXT -> FieldInfo.TEXT;
            case BOOLEAN -> FieldInfo.TRUTH;
        };
    }

    /** Sets a field to a constant, to the value of another field, or to the result of an expression. */
    static Operation set(String name, DefinitionNode value, FieldLineage uses) {
        if (value.json().size() == 1 && value.json().has("field")) {
            FieldPath from = uses.read(value.get("field"));
            return Operation.copy(from, uses.copy(value, from, name, true));
        }
        return set(name, value, uses, uses::write);
    }

    /** Sets a field in some records only. */
    static Operation setSometimes(String name, DefinitionNode value, FieldLineage uses) {
        return set(name, value, uses, uses::writeSometimes);
    }

    /** Notes that a field is written. */
    private interface Writing {
        FieldPath of(DefinitionNode node, String name, FieldInfo what);
    }

    private static Operation set(String name, DefinitionNode value, FieldLineage uses, Writing writing) {
        if (!value.json().isObject()) {
            Object scalar = value.scalar();
            return Operation.set(writing.of(value, name, FieldInfo.of(scalar)), scalar);
        }
        Optional<DefinitionNode> expression = value.object("field", "expression").find("expression");
        if (expression.isPresent()) {
            if (value.json().size() > 1) {
                throw value.wrong("must have either field or expression");
            }
            Expression computed = ExpressionDefinition.parse(expression.get(), uses);
            return Operation.compute(computed, writing.of(value, name, ExpressionDefinition.result(computed)));
        }
        FieldPath from = uses.read(value.get("field"));
        return Operation.copy(from, writing.of(value, name, FieldInfo.UNKNOWN));
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
        always(Operation.normalize(uses.change(bounds, name, was -> was.as(FieldInfo.NUMBER)), shift, scale));
    }

    private static double number(DefinitionNode node) {
        return node.number(-Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private void timestamp(DefinitionNode node) {
        DefinitionNode settings = node.json().isTextual() ? node : node.object("field", "format").get("field");
        String format = node.json().isTextual() ? "iso" : node.find("format").map(f -> f.oneOf("iso", "millis")).orElse("iso");
        boolean iso = format.equals("iso");
        always(Operation.timestamp(uses.write(settings, settings.text(), iso ? FieldInfo.TEXT : FieldInfo.WHOLE), iso));
    }
}
