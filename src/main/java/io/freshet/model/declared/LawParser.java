package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.freshet.model.meaning.Lexicon;
import io.freshet.stage.Expression;
import io.freshet.stage.FieldType;
import io.freshet.table.ColumnType;

/** Parses how a value is drawn: {@code {"normal": {"mean": 40, "sd": 12}, "min": 18}}, or only the name of a meaning. */
final class LawParser {

    private static final List<String> KINDS = List.of("constant", "categories", "boolean", "sequence", "uniform", "normal",
            "lognormal", "exponential", "poisson", "zipf", "date", "datetime", "time", "regex", "meaning", "text", "bytes",
            "formula", "array", "map", "one_of", "object", "iterate");
    private static final Set<String> MODIFIERS = Set.of("type", "digits", "min", "max", "multiple_of", "nulls", "null_if",
            "unique", "hidden", "min_length", "max_length", "format", "epoch", "optional");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ELEMENTS = 10_000;
    private static final int MAX_LENGTH = 1_000_000;
    private static final int LENGTH_ATTEMPTS = 500;
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    private final Lexicon words;
    private final Function<Spec, Value> objects;

    /** @param objects parses objects */
    LawParser(Lexicon words, Function<Spec, Value> objects) {
        this.words = words;
        this.objects = objects;
    }

    /** @throws DeclarationException if the declaration is not valid */
    Value value(Spec spec) {
        if (spec.json().isTextual()) {
            return new Value(meaning(spec, spec), 0);
        }
        if (spec.json().isValueNode()) {
            return new Value(constant(spec), spec.json().isNull() ? 1 : 0);
        }
        String kind = kind(spec);
        if (kind.equals("object")) {
            return objects.apply(spec);
        }
        double nulls = spec.find("nulls").map(Spec::share).orElse(0.0);
        try {
            Spec how = new Spec(spec.path() + "." + kind, spec.json().get(kind));
            return new Value(law(kind, how, spec), how.json().isNull() ? 1 : nulls);
        } catch (DeclarationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw spec.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static String kind(Spec spec) {
        if (!spec.json().isObject()) {
            throw spec.wrong("must be the name of a meaning or an object");
        }
        List<String> found = new ArrayList<>();
        spec.json().fieldNames().forEachRemaining(name -> {
            if (KINDS.contains(name)) {
                found.add(name);
            } else if (!MODIFIERS.contains(name)) {
                throw spec.wrong(
                        "has an unknown member " + name + "; expected one of " + String.join(", ", KINDS) + " and any of "
                                + String.join(", ", MODIFIERS.stream().sorted().toList()));
            }
        });
        if (found.size() != 1) {
            throw spec.wrong((found.isEmpty() ? "does not say how it is drawn" : "says how it is drawn more than once")
                    + "; expected one of " + String.join(", ", KINDS));
        }
        return found.get(0);
    }

    private Law law(String kind, Spec how, Spec all) {
        return switch (kind) {
            case "constant" -> how.json().isContainerNode() ? fixed(how.json()) : constant(how);
            case "categories" -> categories(how, all.flag("unique"));
            case "iterate" -> categories(how, true);
            case "boolean" -> ChoiceLaw.truth(how.json().isObject() ? 0.5 : how.share());
            case "regex" -> regex(how, all);
            case "meaning" -> meaning(how, all);
            case "text" -> prose(how);
            case "bytes" -> new JsonLaw.Bytes(size(how, "min", 0, MAX_LENGTH), size(how, "max", 16, MAX_LENGTH));
            case "formula" -> formula(how, all);
            case "array" -> array(how, all);
            case "map" -> map(how);
            case "one_of" -> oneOf(how);
            case "date", "datetime", "time" -> TimeParser.law(kind, how, all);
            default -> NumberParser.law(kind, how, all);
        };
    }

    private static JsonLaw.Fixed fixed(JsonNode value) {
        return new JsonLaw.Fixed(JSON.convertValue(value, Object.class));
    }

    private static ChoiceLaw constant(Spec how) {
        JsonNode value = how.json().isNull() ? JsonNodeFactory.instance.textNode("") : how.json();
        return ChoiceLaw.of(List.of(value), new double[] { 1 }, false);
    }

    private static Law categories(Spec how, boolean inTurn) {
        List<JsonNode> values = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        if (how.json().isObject()) {
            how.members().forEach((name, weight) -> {
                values.add(JsonNodeFactory.instance.textNode(name));
                weights.add(weight.number());
            });
        } else {
            how.elements().forEach(value -> {
                boolean weighed = value.json().isObject();
                values.add(weighed ? value.object("value", "weight").get("value").json() : value.json());
                weights.add(weighed ? value.get("weight").number() : 1);
            });
        }
        double[] numbers = weights.stream().mapToDouble(Double::doubleValue).toArray();
        if (values.isEmpty() || Arrays.stream(numbers).anyMatch(weight -> !(weight >= 0))
                || !(Arrays.stream(numbers).sum() > 0)) {
            throw how.wrong("needs values with weights that are not negative");
        }
        if (values.stream().anyMatch(value -> value.isContainerNode() || value.isNull())) {
            throw how.wrong("must be texts, numbers, true or false");
        }
        boolean texts = values.get(0).isTextual();
        if (values.stream().anyMatch(value -> value.isTextual() != texts)) {
            return JsonLaw.OneOf.of(values.stream().map(value -> new Value(fixed(value), 0)).toList(), weights);
        }
        return ChoiceLaw.of(values, numbers, inTurn);
    }

    private Law meaning(Spec how, Spec all) {
        Meaning meaning = Meaning.find(how.text()).orElseThrow(
                () -> how.wrong(
                        "is no meaning: " + how.text() + "; expected one of " + Meaning.ids() + ", latitude, longitude"));
        boolean uuid = meaning == Meaning.UUID_TEXT;
        if (all.json().isObject() && all.flag("unique") && !uuid) {
            throw all.wrong("cannot be unique: of texts, only uuid and regex are");
        }
        return new TextLaw(limited(row -> meaning.text(row, words), all), uuid, 0x1p122,
                uuid ? text -> UUID.matcher(text).matches() : null);
    }

    private Law prose(Spec how) {
        how.object("min", "max");
        int min = size(how, "min", 3, MAX_LENGTH);
        int max = size(how, "max", Math.max(min, 12), MAX_LENGTH);
        return new TextLaw(row -> {
            StringBuilder text = new StringBuilder();
            for (int left = row.draws().between(min, max); left > 0; left--) {
                text.append(text.length() == 0 ? "" : " ").append(Lexicon.madeWord(row.draws()));
            }
            return text.toString();
        }, false, Double.POSITIVE_INFINITY, null);
    }

    private static Law regex(Spec how, Spec all) {
        TextExpression expression = ExpressionParser.parse(how.text());
        Pattern pattern = Pattern.compile(how.text().replaceAll("\\(\\?P<", "(?<"));
        if (all.flag("unique")) {
            long size = expression.count();
            return new TextLaw(row -> {
                StringBuilder text = new StringBuilder();
                expression.write(KeyLaw.permuted(Long.remainderUnsigned(row.key(), size), size, row), text);
                return text.toString();
            }, true, size, text -> pattern.matcher(text).matches());
        }
        return new TextLaw(limited(row -> {
            StringBuilder text = new StringBuilder();
            expression.draw(row.draws(), text);
            return text.toString();
        }, all), true, expression.count(), text -> pattern.matcher(text).matches());
    }

    /** Draws texts until one has the declared length. */
    private static TextLaw.Writer limited(TextLaw.Writer writer, Spec all) {
        if (!all.has("min_length") && !all.has("max_length")) {
            return writer;
        }
        int min = size(all, "min_length", 0, MAX_LENGTH);
        int max = size(all, "max_length", MAX_LENGTH, MAX_LENGTH);
        if (max < min) {
            throw all.wrong("has a max_length below its min_length");
        }
        return row -> {
            String text = writer.text(row);
            for (int i = 0; i < LENGTH_ATTEMPTS && (text.length() < min || text.length() > max); i++) {
                text = writer.text(row);
            }
            return fitted(text, min, max);
        };
    }

    /** A text that is never as long as it should be is cut or repeated. */
    private static String fitted(String text, int min, int max) {
        String filled = text.length() >= min ? text : (text + "x").repeat(min / (text.length() + 1) + 1).substring(0, min);
        return filled.length() <= max ? filled : filled.substring(0, max);
    }

    private static Law formula(Spec how, Spec all) {
        Expression formula = expression(how);
        if (all.has("digits")) {
            int digits = all.get("digits").whole(0, 9);
            return new FormulaLaw(formula, digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits));
        }
        String type = all.find("type").map(Spec::text).orElse(guessed(formula.type()));
        return new FormulaLaw(formula, switch (type) {
            case "integer" -> new ColumnType.Whole();
            case "decimal" -> new ColumnType.Decimal(2);
            case "boolean" -> new ColumnType.Bool("false", "true");
            case "text" -> new ColumnType.FreeText();
            case "json" -> new ColumnType.Json();
            default -> throw all.get("type").wrong("must be integer, decimal, boolean, text or json");
        });
    }

    private static String guessed(FieldType type) {
        return switch (type) {
            case WHOLE, WHOLE_OR_NULL -> "integer";
            case NUMBER, NUMBER_OR_NULL -> "decimal";
            case TRUTH, TRUTH_OR_NULL -> "boolean";
            case TEXT, TEXT_OR_NULL -> "text";
            case ANY -> "json";
        };
    }

    static Expression expression(Spec how) {
        try {
            return Expression.of(how.text());
        } catch (IllegalArgumentException e) {
            throw how.wrong(String.valueOf(e.getMessage()));
        }
    }

    private Law array(Spec how, Spec all) {
        how.object("of", "min", "max");
        int min = size(how, "min", 0, MAX_ELEMENTS);
        int max = size(how, "max", Math.max(min, 3), MAX_ELEMENTS);
        return new JsonLaw.ArrayOf(value(how.get("of")), min, requireOrder(how, min, max), all.flag("unique"));
    }

    private Law map(Spec how) {
        how.object("keys", "of", "min", "max");
        int min = size(how, "min", 0, MAX_ELEMENTS);
        int max = size(how, "max", Math.max(min, 3), MAX_ELEMENTS);
        return new JsonLaw.MapOf(
                value(how.find("keys").orElse(new Spec(how.path(), JsonNodeFactory.instance.textNode("word")))),
                value(how.get("of")), min, requireOrder(how, min, max));
    }

    private Law oneOf(Spec how) {
        List<Value> options = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Spec option : how.elements()) {
            boolean weighed = option.has("value") && option.has("weight");
            options.add(value(weighed ? option.object("value", "weight").get("value") : option));
            weights.add(weighed ? option.get("weight").positive() : 1);
        }
        return JsonLaw.OneOf.of(options, weights);
    }

    private static int size(Spec how, String name, int otherwise, int limit) {
        return how.find(name).map(size -> size.whole(0, limit)).orElse(otherwise);
    }

    private static int requireOrder(Spec how, int min, int max) {
        if (max < min) {
            throw how.wrong("has a max below its min");
        }
        return max;
    }
}
