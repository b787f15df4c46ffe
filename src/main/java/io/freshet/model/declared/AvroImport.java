package io.freshet.model.declared;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Translates Avro schemas. Fields and types may have {@code arg.properties}, as schemas of kafka-connect-datagen do; otherwise
 * logical types and the names of fields decide.
 */
final class AvroImport {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DECIMAL_DIGITS = 9;
    private static final double NULLS = 0.1;

    private final Notes notes;
    /** The names of the records around the one that is translated. */
    private final Deque<String> around = new ArrayDeque<>();

    private AvroImport(Notes notes) {
        this.notes = notes;
    }

    /** @throws DeclarationException if it is not a valid schema of records */
    static ObjectNode declaration(String text, Notes notes) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new DeclarationException("the schema", "is not a valid Avro schema: " + e.getMessage());
        }
        if (schema.getType() == Schema.Type.UNION) {
            notes.add("the schema", "is a union, of which the first record is drawn.");
            schema = schema.getTypes().stream().filter(option -> option.getType() == Schema.Type.RECORD).findFirst()
                    .orElse(schema);
        }
        if (schema.getType() != Schema.Type.RECORD || schema.getFields().isEmpty()) {
            throw new DeclarationException("the schema", "must be a record with fields");
        }
        AvroImport reading = new AvroImport(notes);
        ObjectNode declaration = JSON.objectNode().put("name", schema.getName());
        declaration.set("columns", reading.fields(schema, ""));
        return declaration;
    }

    private ObjectNode fields(Schema record, String path) {
        around.push(record.getFullName());
        ObjectNode fields = JSON.objectNode();
        for (Schema.Field field : record.getFields()) {
            String inner = path.isEmpty() ? field.name() : path + "." + field.name();
            fields.set(field.name(), value(field.schema(), field.name(), inner, ArgProperties.of(field, inner, notes)));
        }
        around.pop();
        return fields;
    }

    /** @param declared what {@code arg.properties} of the field say; those of the type are used otherwise */
    private ObjectNode value(Schema schema, String name, String path, ArgProperties declared) {
        ArgProperties properties = declared.or(schema, path, notes);
        return switch (schema.getType()) {
            case UNION -> union(schema, name, path, properties);
            case RECORD -> record(schema, path, properties);
            case ARRAY -> array(schema, name, path, properties);
            case MAP -> map(schema, path, properties);
            case NULL -> JSON.objectNode().putNull("constant");
            case ENUM -> properties.options().map(options -> options.known(schema.getEnumSymbols()))
                    .orElseGet(() -> symbols(schema));
            default -> properties.scalar(schema).orElseGet(() -> scalar(schema, name));
        };
    }

    private ObjectNode record(Schema schema, String path, ArgProperties properties) {
        if (around.contains(schema.getFullName())) {
            throw new DeclarationException(path, "contains itself without an end");
        }
        return properties.options().map(ArgProperties.Options::all)
                .orElseGet(() -> JSON.objectNode().set("object", fields(schema, path)));
    }

    private static ObjectNode symbols(Schema schema) {
        ObjectNode node = JSON.objectNode();
        ArrayNode symbols = node.putArray("categories");
        schema.getEnumSymbols().forEach(symbols::add);
        return node;
    }

    private ObjectNode union(Schema union, String name, String path, ArgProperties properties) {
        ArgProperties inner = properties.withoutChoice();
        List<ObjectNode> options = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double nulls = 0;
        for (int i = 0; i < union.getTypes().size(); i++) {
            Schema option = union.getTypes().get(i);
            double weight = properties.weight(i);
            if (option.getType() == Schema.Type.NULL) {
                nulls = properties.choosesOption() ? weight : NULLS * (union.getTypes().size() - 1) / (1 - NULLS);
            } else if (isAround(option)) {
                notes.add(path, "contains itself, and is drawn without that.");
            } else if (weight > 0) {
                options.add(value(option, name, path, inner));
                weights.add(weight);
            }
        }
        double all = nulls + weights.stream().mapToDouble(Double::doubleValue).sum();
        if (options.isEmpty()) {
            requireNull(union.isNullable(), path);
            return JSON.objectNode().putNull("constant");
        }
        ObjectNode node = options.size() == 1 ? options.get(0) : oneOf(options, weights);
        if (nulls > 0) {
            node.put("nulls", Math.round(nulls / all * 1e6) / 1e6);
        }
        return node;
    }

    private static ObjectNode oneOf(List<ObjectNode> options, List<Double> weights) {
        ObjectNode node = JSON.objectNode();
        ArrayNode each = node.putArray("one_of");
        boolean weighed = weights.stream().distinct().count() > 1;
        for (int i = 0; i < options.size(); i++) {
            if (weighed) {
                each.addObject().put("weight", weights.get(i)).set("value", options.get(i));
            } else {
                each.add(options.get(i));
            }
        }
        return node;
    }

    private static void requireNull(boolean nullable, String path) {
        if (!nullable) {
            throw new DeclarationException(path, "contains itself without an end");
        }
    }

    private boolean isAround(Schema schema) {
        return schema.getType() == Schema.Type.RECORD && around.contains(schema.getFullName());
    }

    private ObjectNode array(Schema schema, String name, String path, ArgProperties properties) {
        if (isAround(schema.getElementType())) {
            notes.add(path, "contains itself, and is drawn empty.");
            return sized("array", JSON.objectNode().put("meaning", "word"), 0, 0);
        }
        if (properties.options().isPresent()) {
            return properties.options().get().all();
        }
        int[] size = properties.length(0, 3);
        return sized("array", value(schema.getElementType(), name, path, ArgProperties.none()), size[0], size[1]);
    }

    private ObjectNode map(Schema schema, String path, ArgProperties properties) {
        if (isAround(schema.getValueType())) {
            notes.add(path, "contains itself, and is drawn empty.");
            return sized("map", JSON.objectNode().put("meaning", "word"), 0, 0);
        }
        if (properties.options().isPresent()) {
            return properties.options().get().all();
        }
        int[] size = properties.length(0, 3);
        ObjectNode node = sized("map", value(schema.getValueType(), "value", path, ArgProperties.none()), size[0], size[1]);
        properties.keys(path, notes).ifPresent(keys -> ((ObjectNode) node.get("map")).set("keys", keys));
        return node;
    }

    private static ObjectNode sized(String kind, ObjectNode of, int min, int max) {
        ObjectNode node = JSON.objectNode();
        ObjectNode sized = node.putObject(kind);
        sized.set("of", of);
        sized.put("min", min).put("max", max);
        return node;
    }

    private ObjectNode scalar(Schema schema, String name) {
        LogicalType logical = schema.getLogicalType();
        ObjectNode node = JSON.objectNode();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal(decimal);
        }
        if (logical != null) {
            switch (logical.getName()) {
                case "date":
                    node.putObject("date");
                    return node;
                case "time-millis", "time-micros":
                    node.putObject("time");
                    return node;
                case "timestamp-millis", "timestamp-micros", "timestamp-nanos":
                    node.putObject("datetime");
                    return node.put("format", "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
                case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos":
                    node.putObject("datetime");
                    return node.put("format", "uuuu-MM-dd'T'HH:mm:ss.SSS");
                case "uuid":
                    return node.put("meaning", "uuid");
                default:
                    break;
            }
        }
        return switch (schema.getType()) {
            case BOOLEAN -> node.put("boolean", 0.5);
            case INT -> NameGuess.whole(name, Integer.MAX_VALUE);
            case LONG -> NameGuess.whole(name, Long.MAX_VALUE);
            case FLOAT, DOUBLE -> NameGuess.real(name);
            case FIXED -> bytes(schema.getFixedSize(), schema.getFixedSize());
            case BYTES -> bytes(0, 16);
            default -> NameGuess.text(name);
        };
    }

    private static ObjectNode bytes(int min, int max) {
        ObjectNode node = JSON.objectNode();
        node.putObject("bytes").put("min", min).put("max", max);
        return node;
    }

    /** Returns a declaration of numbers with the scale of the type, and at most as many digits as its precision. */
    private static ObjectNode decimal(LogicalTypes.Decimal type) {
        int digits = Math.min(type.getScale(), MAX_DECIMAL_DIGITS);
        int whole = Math.min(4, Math.max(0, type.getPrecision() - type.getScale()));
        ObjectNode node = JSON.objectNode();
        BigDecimal max = BigDecimal.TEN.pow(whole).subtract(BigDecimal.ONE.movePointLeft(digits));
        node.putObject("uniform").put("min", 0).put("max", max);
        return node.put("digits", digits);
    }
}
