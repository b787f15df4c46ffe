package io.freshet.protobuf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;

/**
 * Parses the messages and enumerations of one {@code .proto} file, of proto2 or proto3. Options, services and extensions do not
 * change how records look and are skipped; groups and editions are refused.
 */
final class ProtoParser {

    private static final Map<String, FieldDescriptorProto.Type> SCALARS = Map.ofEntries(
            Map.entry("double", FieldDescriptorProto.Type.TYPE_DOUBLE),
            Map.entry("float", FieldDescriptorProto.Type.TYPE_FLOAT),
            Map.entry("int32", FieldDescriptorProto.Type.TYPE_INT32), Map.entry("int64", FieldDescriptorProto.Type.TYPE_INT64),
            Map.entry("uint32", FieldDescriptorProto.Type.TYPE_UINT32),
            Map.entry("uint64", FieldDescriptorProto.Type.TYPE_UINT64),
            Map.entry("sint32", FieldDescriptorProto.Type.TYPE_SINT32),
            Map.entry("sint64", FieldDescriptorProto.Type.TYPE_SINT64),
            Map.entry("fixed32", FieldDescriptorProto.Type.TYPE_FIXED32),
            Map.entry("fixed64", FieldDescriptorProto.Type.TYPE_FIXED64),
            Map.entry("sfixed32", FieldDescriptorProto.Type.TYPE_SFIXED32),
            Map.entry("sfixed64", FieldDescriptorProto.Type.TYPE_SFIXED64),
            Map.entry("bool", FieldDescriptorProto.Type.TYPE_BOOL), Map.entry("string", FieldDescriptorProto.Type.TYPE_STRING),
            Map.entry("bytes", FieldDescriptorProto.Type.TYPE_BYTES));
    private static final Set<String> SKIPPED = Set.of("option", "reserved", "extensions");
    private static final int MAX_DEPTH = 50;

    private final ProtoTokens tokens;
    private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
    private final Set<String> imports = new LinkedHashSet<>();
    private boolean proto3;
    private int depth;

    private ProtoParser(String text) {
        this.tokens = new ProtoTokens(text);
    }

    /** @param imports the names of the imported files */
    record Parsed(FileDescriptorProto file, Set<String> imports) {
    }

    /** @throws ProtoException if the text is not valid */
    static Parsed parse(String text) {
        ProtoParser parser = new ProtoParser(text);
        while (!parser.tokens.isAtEnd()) {
            parser.statement();
        }
        return new Parsed(parser.file.build(), parser.imports);
    }

    private void statement() {
        String word = tokens.next();
        switch (word) {
            case "syntax" -> syntax();
            case "edition" -> throw tokens.wrong("has an edition, which is not supported; use proto3");
            case "package" -> {
                file.setPackage(tokens.typeName());
                tokens.require(";");
            }
            case "import" -> {
                if (!tokens.take("public")) {
                    tokens.take("weak");
                }
                imports.add(tokens.string());
                tokens.require(";");
            }
            case "message" -> file.addMessageType(message());
            case "enum" -> file.addEnumType(enumeration());
            case "option", "service", "extend" -> tokens.skipStatement();
            case ";" -> {
            }
            default -> throw tokens.wrong("has " + word + ", which is no statement");
        }
    }

    private void syntax() {
        tokens.require("=");
        String syntax = tokens.string();
        proto3 = syntax.equals("proto3");
        if (!proto3 && !syntax.equals("proto2")) {
            throw tokens.wrong("has the unknown syntax " + syntax);
        }
        tokens.require(";");
        file.setSyntax(syntax);
    }

    private DescriptorProto message() {
        if (++depth > MAX_DEPTH) {
            throw tokens.wrong("has messages more than " + MAX_DEPTH + " deep");
        }
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(tokens.name());
        List<FieldDescriptorProto.Builder> optional = new ArrayList<>();
        tokens.require("{");
        while (!tokens.take("}")) {
            String word = tokens.next();
            if (word.equals("message") && !tokens.peek().equals("=")) {
                message.addNestedType(message());
            } else if (word.equals("enum")) {
                message.addEnumType(enumeration());
            } else if (word.equals("oneof")) {
                oneof(message);
            } else if (SKIPPED.contains(word) || word.equals("extend")) {
                tokens.skipStatement();
            } else if (!word.equals(";")) {
                member(word, message, optional);
            }
        }
        // an optional field of proto3 is the only one of a choice of its own; such choices come after all others
        for (FieldDescriptorProto.Builder field : optional) {
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            message.addField(field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount() - 1));
        }
        depth--;
        return message.build();
    }

    private void member(String first, DescriptorProto.Builder message, List<FieldDescriptorProto.Builder> optional) {
        FieldDescriptorProto.Label label = switch (first) {
            case "repeated" -> FieldDescriptorProto.Label.LABEL_REPEATED;
            case "required" -> FieldDescriptorProto.Label.LABEL_REQUIRED;
            default -> FieldDescriptorProto.Label.LABEL_OPTIONAL;
        };
        boolean labelled = Set.of("repeated", "required", "optional").contains(first);
        String type = labelled ? tokens.typeName() : first;
        if (type.equals("map") && tokens.take("<")) {
            map(message);
            return;
        }
        FieldDescriptorProto.Builder field = field(type).setLabel(label);
        if (proto3 && first.equals("optional")) {
            optional.add(field);
        } else {
            message.addField(field);
        }
    }

    private FieldDescriptorProto.Builder field(String type) {
        if (type.equals("group")) {
            throw tokens.wrong("has a group, which is not supported");
        }
        FieldDescriptorProto.Builder field = typed(type).setName(tokens.name());
        tokens.require("=");
        field.setNumber(tokens.number());
        options();
        return field;
    }

    private void options() {
        if (tokens.peek().equals("[")) {
            tokens.skipBlock("[", "]");
        }
        tokens.require(";");
    }

    private FieldDescriptorProto.Builder typed(String type) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder();
        FieldDescriptorProto.Type scalar = SCALARS.get(type);
        if (scalar != null) {
            return field.setType(scalar);
        }
        if (!type.matches("\\.?[A-Za-z_][A-Za-z0-9_.]*")) {
            throw tokens.wrong("has " + type + " instead of a type");
        }
        return field.setTypeName(type);
    }

    private void map(DescriptorProto.Builder message) {
        String key = tokens.typeName();
        tokens.require(",");
        String value = tokens.typeName();
        tokens.require(">");
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder().setName(tokens.name());
        tokens.require("=");
        field.setNumber(tokens.number());
        options();
        String entry = camel(field.getName()) + "Entry";
        message.addNestedType(DescriptorProto.newBuilder().setName(entry)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(entryField(key, "key", 1)).addField(entryField(value, "value", 2)));
        message.addField(field.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(entry));
    }

    private FieldDescriptorProto.Builder entryField(String type, String name, int number) {
        return typed(type).setName(name).setNumber(number).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("_")) {
            camel.append(part.isEmpty() ? "" : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return camel.toString();
    }

    private void oneof(DescriptorProto.Builder message) {
        int index = message.getOneofDeclCount();
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(tokens.name()));
        tokens.require("{");
        while (!tokens.take("}")) {
            String type = tokens.next();
            if (type.equals("option")) {
                tokens.skipStatement();
            } else if (!type.equals(";")) {
                message.addField(field(type).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL).setOneofIndex(index));
            }
        }
    }

    private EnumDescriptorProto enumeration() {
        EnumDescriptorProto.Builder enumeration = EnumDescriptorProto.newBuilder().setName(tokens.name());
        tokens.require("{");
        Set<Integer> numbers = new LinkedHashSet<>();
        while (!tokens.take("}")) {
            if (tokens.peek().equals("option") || tokens.peek().equals("reserved")) {
                tokens.skipStatement();
            } else if (!tokens.take(";")) {
                String name = tokens.name();
                tokens.require("=");
                int number = tokens.number();
                options();
                enumeration.addValueBuilder().setName(name).setNumber(number);
                if (!numbers.add(number)) {
                    enumeration.setOptions(EnumOptions.newBuilder().setAllowAlias(true));
                }
            }
        }
        return enumeration.build();
    }
}
