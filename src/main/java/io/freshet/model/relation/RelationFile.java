package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.table.Column;

/**
 * Reads and writes the {@code relations} of a model file. Each relation is one object, with its target column as users see it.
 */
public final class RelationFile {

    private RelationFile() {
    }

    public static void write(RelationPlan plan, List<Column> columns, ArrayNode file) {
        for (FoundRelation found : plan.relations()) {
            ObjectNode node = file.addObject();
            Relation relation = found.relation();
            ColumnFile.write(columns.get(relation.target()), node.putObject("column"));
            node.put("target", relation.target()).put("rows", found.rows()).put("broken", found.broken())
                    .put("chance", found.chance()).put("declared", found.declared())
                    .put("gaps", found.gaps().name());
            if (relation instanceof CompleteRelation complete) {
                writeComplete(complete, node);
            } else {
                writePartial((PartialRelation) relation, node);
            }
        }
    }

    private static void writeComplete(CompleteRelation relation, ObjectNode node) {
        if (relation instanceof Lookup lookup) {
            node.put("kind", "lookup").put("fallback", lookup.fallback());
            ArrayNode keys = node.putArray("keys");
            lookup.keys().forEach(key -> KeysFile.write(key, keys.addObject()));
            lookup.values().texts().forEach(node.putArray("texts")::add);
            lookup.values().numbers().forEach(node.putArray("numbers")::add);
            lookup.table().forEach(node.putArray("table")::add);
        } else if (relation instanceof LinearSum sum) {
            node.put("kind", "sum").put("scale", sum.scale()).put("down", sum.down()).put("constant", sum.constant())
                    .put("tolerance", sum.tolerance());
            sum.sources().forEach(node.putArray("sources")::add);
            sum.signs().forEach(node.putArray("signs")::add);
        } else if (relation instanceof Formula formula) {
            node.put("kind", "formula").put("source", formula.source()).put("function", formula.function().name())
                    .put("factor", formula.factor()).put("offset", formula.offset()).put("tolerance", formula.tolerance());
        } else if (relation instanceof ScaledProduct product) {
            node.put("kind", "scaled_product").put("scale", product.scale()).put("tolerance", product.tolerance());
            product.factors().forEach(node.putArray("factors")::add);
            product.divisors().forEach(node.putArray("divisors")::add);
        } else if (relation instanceof Extreme extreme) {
            node.put("kind", extreme.kind()).put("tolerance", extreme.tolerance());
            extreme.sources().forEach(node.putArray("sources")::add);
        } else if (relation instanceof DateCopy copy) {
            node.put("kind", "date_copy").put("source", copy.source()).put("distance", copy.distance());
        } else if (relation instanceof FixedNumber number) {
            node.put("kind", "constant").put("value", number.value());
        } else if (relation instanceof Cases cases) {
            node.put("kind", "cases");
            KeysFile.write(cases.key(), node.putObject("key"));
            cases.choices().forEach(node.putArray("choices")::add);
            ArrayNode calculations = node.putArray("calculations");
            cases.calculations().forEach(each -> writeComplete(each, calculations.addObject()));
        } else {
            Product product = (Product) relation;
            node.put("kind", "product").put("first", product.first()).put("second", product.second())
                    .put("quotient", product.quotient()).put("tolerance", product.tolerance());
        }
    }

    private static void writePartial(PartialRelation relation, ObjectNode node) {
        if (relation instanceof AtLeast order) {
            node.put("kind", "at_least").put("least", order.least()).put("greatest", order.greatest());
            order.lessers().forEach(node.putArray("sources")::add);
            if (!order.caps().isEmpty()) {
                order.caps().forEach(node.putArray("caps")::add);
            }
            if (order.floored()) {
                node.put("floored", true);
            }
        } else if (relation instanceof AtMost order) {
            node.put("kind", "at_most").put("source", order.source()).put("least", order.least())
                    .put("greatest", order.greatest());
        } else if (relation instanceof Gate gate) {
            node.put("kind", "gate").put("fallback", gate.fallback());
            KeysFile.write(gate.key(), node.putObject("key"));
            gate.states().forEach(state -> node.withArray("states").add(state.name()));
            gate.special().forEach(node.putArray("special")::add);
        } else if (relation instanceof Level level) {
            node.put("kind", "level").put("least", level.least()).put("greatest", level.greatest());
            KeysFile.write(level.key(), node.putObject("key"));
            level.levels().forEach(node.putArray("levels")::add);
        } else if (relation instanceof Increment increment) {
            node.put("kind", "increment").put("step", increment.step()).put("offset", increment.offset());
        } else if (relation instanceof Bounds bounds) {
            node.put("kind", "bounds");
            if (Double.isFinite(bounds.least())) {
                node.put("least", bounds.least());
            }
            if (Double.isFinite(bounds.greatest())) {
                node.put("greatest", bounds.greatest());
            }
        } else if (relation instanceof ExclusiveFlag flag) {
            node.put("kind", "exclusive").put("last", flag.last());
            flag.others().forEach(node.putArray("others")::add);
        } else if (relation instanceof Combinations pairs) {
            node.put("kind", "combinations");
            KeysFile.write(pairs.key(), node.putObject("key"));
            pairs.names().forEach(node.putArray("names")::add);
            pairs.replacements().forEach(node.putArray("replacements")::add);
        } else {
            node.put("kind", "reference");
            ((Reference) relation).values().forEach(node.putArray("values")::add);
        }
    }

    /**
     * Reads the relations of a file.
     *
     * @param columns the columns of the model; those that relations decide are replaced by what users see
     * @throws ModelFileException if a relation refers to an unknown column or has an unknown kind
     */
    public static RelationPlan read(JsonNode file, List<Column> columns) {
        List<FoundRelation> relations = new ArrayList<>();
        for (JsonNode node : file) {
            int target = node.path("target").asInt(-1);
            Relation relation = relation(target, node);
            if (target < 0 || target >= columns.size()
                    || relation.sources().stream().anyMatch(source -> source < 0 || source >= columns.size())) {
                throw new ModelFileException("a relation refers to a column that is not there");
            }
            columns.set(target, ColumnFile.column(node.path("column")));
            relations.add(new FoundRelation(relation, FoundRelation.Gaps.valueOf(node.path("gaps").asText("NONE")),
                    node.path("rows").asLong(), node.path("broken").asLong(),
                    node.path("chance").asDouble(), node.path("declared").asBoolean()));
        }
        return new RelationPlan(relations);
    }

    private static Relation relation(int target, JsonNode node) {
        String kind = node.path("kind").asText();
        return switch (kind) {
            case "lookup" -> {
                List<Keys> keys = new ArrayList<>();
                node.path("keys").forEach(key -> keys.add(KeysFile.read(key)));
                yield new Lookup(target, keys,
                        new Values(KeysFile.texts(node.path("texts")), KeysFile.longs(node.path("numbers"))),
                        integers(node.path("table")), node.path("fallback").asInt());
            }
            case "sum" -> new LinearSum(target, integers(node.path("sources")), integers(node.path("signs")),
                    node.path("scale").asDouble(), node.path("down").asBoolean(), node.path("constant").asDouble(),
                    node.path("tolerance").asDouble());
            case "formula" -> new Formula(target, node.path("source").asInt(-1),
                    Formula.Function.valueOf(node.path("function").asText()), node.path("factor").asDouble(),
                    node.path("offset").asDouble(), node.path("tolerance").asDouble());
            case "product" -> new Product(target, node.path("first").asInt(-1), node.path("second").asInt(-1),
                    node.path("quotient").asBoolean(), node.path("tolerance").asDouble());
            case "scaled_product" -> new ScaledProduct(target, integers(node.path("factors")), integers(node.path("divisors")),
                    node.path("scale").asDouble(), node.path("tolerance").asDouble());
            case "maximum", "minimum" -> new Extreme(target, integers(node.path("sources")), kind.equals("maximum"),
                    node.path("tolerance").asDouble());
            case "date_copy" -> new DateCopy(target, node.path("source").asInt(-1), node.path("distance").asLong());
            case "constant" -> new FixedNumber(target, node.path("value").asDouble());
            case "cases" -> cases(target, node);
            default -> partial(kind, target, node);
        };
    }

    private static Cases cases(int target, JsonNode node) {
        List<Calculation> calculations = new ArrayList<>();
        for (JsonNode each : node.path("calculations")) {
            if (!(relation(target, each) instanceof Calculation calculation)) {
                throw new ModelFileException("a case has a relation of kind " + each.path("kind").asText());
            }
            calculations.add(calculation);
        }
        return new Cases(target, KeysFile.read(node.path("key")), integers(node.path("choices")), calculations);
    }

    private static Relation partial(String kind, int target, JsonNode node) {
        return switch (kind) {
            case "at_least" -> new AtLeast(target, integers(node.path("sources")), node.path("least").asDouble(),
                    node.path("greatest").asDouble(), integers(node.path("caps")), node.path("floored").asBoolean());
            case "at_most" -> new AtMost(target, node.path("source").asInt(-1), node.path("least").asDouble(),
                    node.path("greatest").asDouble());
            case "gate" -> new Gate(target, KeysFile.read(node.path("key")),
                    KeysFile.texts(node.path("states")).stream().map(Gate.State::valueOf).toList(),
                    KeysFile.doubles(node.path("special")), node.path("fallback").asDouble());
            case "level" -> new Level(target, KeysFile.read(node.path("key")), KeysFile.doubles(node.path("levels")),
                    node.path("least").asDouble(), node.path("greatest").asDouble());
            case "increment" -> new Increment(target, node.path("step").asLong(), node.path("offset").asLong());
            case "bounds" -> new Bounds(target, node.path("least").asDouble(Double.NEGATIVE_INFINITY),
                    node.path("greatest").asDouble(Double.POSITIVE_INFINITY));
            case "exclusive" -> new ExclusiveFlag(target, integers(node.path("others")), node.path("last").asBoolean());
            case "combinations" -> new Combinations(target, (Keys.Names) KeysFile.read(node.path("key")),
                    KeysFile.texts(node.path("names")), integers(node.path("replacements")));
            case "reference" -> new Reference(target, KeysFile.longs(node.path("values")));
            default -> throw new ModelFileException("it has a relation of kind " + kind);
        };
    }

    private static List<Integer> integers(JsonNode array) {
        return Arrays.stream(ColumnFile.integers(array)).boxed().toList();
    }
}
