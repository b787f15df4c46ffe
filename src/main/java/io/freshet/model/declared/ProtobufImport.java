package io.freshet.model.declared;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;

import io.freshet.protobuf.ProtoSchema;

/**
 * Translates schemas of Protocol Buffers. Values are those of the JSON mapping of proto3: enumerations by name, bytes as
 * base64, timestamps as texts, wrappers as the value within.
 */
final class ProtobufImport {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double NULLS = 0.1;
    private static final String NULL_IF = "null_if";
    private static final String GOOGLE = "google.protobuf.";

    private final Notes notes;
    private final Deque<Descriptor> around = new ArrayDeque<>();

    private ProtobufImport(Notes notes) {
        this.notes = notes;
    }

    /** @throws io.freshet.protobuf.ProtoException if it is not a valid schema */
    static ObjectNode declaration(String text, Notes notes) {
        ProtoSchema schema = ProtoSchema.parse(text);
        schema.missing().forEach(name -> notes.add("the schema", "imports " + name + ", which is not read."));
        Descriptor message = schema.message();
        ObjectNode declaration = JSON.objectNode().put("name", message.getName());
        ObjectNode columns = new ProtobufImport(notes).fields(message, "");
        if (columns.isEmpty()) {
            throw new DeclarationException("the schema", "has a message " + message.getName() + " without fields");
        }
        declaration.set("columns", columns);
        return declaration;
    }

    private ObjectNode fields(Descriptor message, String path) {
        around.push(message);
        ObjectNode fields = JSON.objectNode();
        for (OneofDescriptor choice : message.getRealOneofs()) {
            chosen(choice, path, fields);
        }
        for (FieldDescriptor field : message.getFields()) {
            String inner = path.isEmpty() ? field.getName() : path + "." + field.getName();
            value(field, inner).ifPresent(value -> fields.set(field.getName(), present(field, value)));
        }
        around.pop();
        return fields;
    }

    /** Declares a column that says which field of a choice a record has. */
    private void chosen(OneofDescriptor choice, String path, ObjectNode fields) {
        ObjectNode hidden = JSON.objectNode();
        ArrayNode names = hidden.putArray("categories");
        choice.getFields().stream().filter(field -> value(field, path + "." + field.getName()).isPresent())
                .forEach(field -> names.add(field.getName()));
        if (!names.isEmpty()) {
            fields.set(hiddenName(choice), hidden.put("hidden", true));
        }
    }

    private static String hiddenName(OneofDescriptor choice) {
        return "_oneof_" + choice.getName();
    }

    private static ObjectNode present(FieldDescriptor field, ObjectNode value) {
        OneofDescriptor choice = field.getRealContainingOneof();
        if (choice != null) {
            return value.put(NULL_IF, hiddenName(choice) + " != '" + field.getName() + "'");
        }
        boolean wrapped = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFullName().matches("google\\.protobuf\\.\\w+Value");
        boolean explicit = field.hasPresence() && !field.isRequired() && !value.has("object");
        return (explicit && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || wrapped && !field.isRepeated())
                && !value.has("nulls") ? value.put("nulls", NULLS) : value;
    }

    /** Returns the declaration of a field; empty if it is left out. */
    private Optional<ObjectNode> value(FieldDescriptor field, String path) {
        if (field.isMapField()) {
            FieldDescriptor value = field.getMessageType().findFieldByName("value");
            FieldDescriptor key = field.getMessageType().findFieldByName("key");
            return single(value, path, "value").map(of -> {
                ObjectNode node = sized("map", of);
                single(key, path, "key").ifPresent(keys -> ((ObjectNode) node.get("map")).set("keys", keys));
                return node;
            });
        }
        Optional<ObjectNode> single = single(field, path, field.getName());
        return field.isRepeated() ? single.map(of -> sized("array", of)) : single;
    }

    private static ObjectNode sized(String kind, ObjectNode of) {
        ObjectNode node = JSON.objectNode();
        node.putObject(kind).put("min", 0).put("max", 3).set("of", of);
        return node;
    }

    private Optional<ObjectNode> single(FieldDescriptor field, String path, String name) {
        ObjectNode node = JSON.objectNode();
        return switch (field.getJavaType()) {
            case MESSAGE -> message(field.getMessageType(), path, name);
            case ENUM -> Optional.of(symbols(field.getEnumType()));
            case INT -> Optional.of(NameGuess.whole(name, Integer.MAX_VALUE));
            case LONG -> Optional.of(NameGuess.whole(name, Long.MAX_VALUE));
            case FLOAT, DOUBLE -> Optional.of(NameGuess.real(name));
            case BOOLEAN -> Optional.of(node.put("boolean", 0.5));
            case BYTE_STRING -> {
                node.putObject("bytes").put("min", 1).put("max", 16);
                yield Optional.of(node);
            }
            case STRING -> Optional.of(NameGuess.text(name));
        };
    }

    /** A first value that stands for nothing is not drawn. */
    private static ObjectNode symbols(EnumDescriptor type) {
        ObjectNode node = JSON.objectNode();
        ArrayNode symbols = node.putArray("categories");
        List<EnumValueDescriptor> values = type.getValues();
        values.stream().filter(value -> values.size() == 1 || value.getNumber() != 0
                || !value.getName().matches(".*(UNSPECIFIED|UNKNOWN|UNDEFINED|INVALID)"))
                .forEach(value -> symbols.add(value.getName()));
        return node;
    }

    private Optional<ObjectNode> message(Descriptor type, String path, String name) {
        if (type.getFullName().startsWith(GOOGLE)) {
            return known(type, path, name);
        }
        if (around.contains(type)) {
            notes.add(path, "contains itself, and is left out.");
            return Optional.empty();
        }
        ObjectNode node = JSON.objectNode();
        node.set("object", fields(type, path));
        return Optional.of(node);
    }

    private Optional<ObjectNode> known(Descriptor type, String path, String name) {
        ObjectNode node = JSON.objectNode();
        switch (type.getFullName().substring(GOOGLE.length())) {
            case "Timestamp":
                node.putObject("datetime");
                return Optional.of(node.put("format", "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'"));
            case "Duration":
                return Optional.of(node.put("regex", "[1-9][0-9]{0,3}(\\.[0-9]{3})?s"));
            case "StringValue", "BytesValue", "BoolValue", "DoubleValue", "FloatValue", "Int32Value", "Int64Value",
                    "UInt32Value", "UInt64Value":
                return single(type.findFieldByName("value"), path, name);
            case "Struct":
                return Optional.of(sized("map", node.put("meaning", "word")));
            case "Value":
                return Optional.of(node.put("meaning", "word"));
            case "ListValue":
                return Optional.of(sized("array", node.put("meaning", "word")));
            case "Empty":
                node.putObject("object");
                return Optional.of(node);
            case "FieldMask":
                return Optional.of(node.put("regex", "[a-z]{3,8}(,[a-z]{3,8})?"));
            default:
                notes.add(path, "is of type " + type.getFullName() + ", from which nothing can be drawn, and is left out.");
                return Optional.empty();
        }
    }
}
