package io.freshet.protobuf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;

/**
 * A schema of Protocol Buffers.
 *
 * @param file all its messages
 * @param missing the imported files that are not known; their options have no effect
 */
public record ProtoSchema(FileDescriptor file, List<String> missing) {

    private static final Map<String, FileDescriptor> KNOWN = known();

    public ProtoSchema {
        missing = List.copyOf(missing);
    }

    private static Map<String, FileDescriptor> known() {
        Map<String, FileDescriptor> known = new LinkedHashMap<>();
        for (FileDescriptor each : List.of(TimestampProto.getDescriptor(), DurationProto.getDescriptor(),
                WrappersProto.getDescriptor(), StructProto.getDescriptor(), AnyProto.getDescriptor(),
                EmptyProto.getDescriptor(),
                FieldMaskProto.getDescriptor(), DescriptorProtos.getDescriptor())) {
            known.put(each.getName(), each);
        }
        return known;
    }

    /**
     * Parses the text of a {@code .proto} file. Imports of Google's well-known types are resolved.
     *
     * @throws ProtoException if it is not valid, or uses the type of another file
     */
    public static ProtoSchema parse(String text) {
        ProtoParser.Parsed parsed = ProtoParser.parse(text);
        List<FileDescriptor> imported = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        FileDescriptorProto.Builder proto = parsed.file().toBuilder().setName("schema.proto");
        parsed.imports().forEach(name -> {
            FileDescriptor known = KNOWN.get(name);
            if (known == null) {
                missing.add(name);
            } else {
                proto.addDependency(name);
                imported.add(known);
            }
        });
        if (proto.getMessageTypeCount() == 0) {
            throw new ProtoException("the schema has no message");
        }
        try {
            return new ProtoSchema(FileDescriptor.buildFrom(proto.build(), imported.toArray(FileDescriptor[]::new)), missing);
        } catch (DescriptorValidationException e) {
            throw new ProtoException("the schema is not valid: " + e.getMessage()
                    + (missing.isEmpty() ? "" : "; its imports " + String.join(", ", missing) + " are not read"));
        }
    }

    /** Returns the message that records have: the first one of the file that is no part of another. */
    public Descriptor message() {
        Set<String> used = new HashSet<>();
        file.getMessageTypes().forEach(message -> collect(message, used));
        return file.getMessageTypes().stream()
                .filter(message -> !used.contains(message.getFullName()) && !message.getFields().isEmpty()).findFirst()
                .orElse(file.getMessageTypes().get(0));
    }

    private static void collect(Descriptor message, Set<String> used) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.getMessageType().equals(message)) {
                used.add(field.getMessageType().getFullName());
            }
        }
        message.getNestedTypes().forEach(nested -> collect(nested, used));
    }
}
