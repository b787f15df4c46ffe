package io.freshet.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Converts lists, maps and their contents to JSON text. A map becomes a list of objects with key and value. */
final class JsonValues {

    private static final int MAX_CHARACTERS = 1 << 20;

    private JsonValues() {
    }

    /** Returns the converter of a column of lists or maps. */
    static Converter column(Type field, RowReceiver.Values values) {
        Consumer<String> sink = json -> {
            byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
            values.take(utf8, utf8.length, RowReceiver.ValueKind.JSON);
        };
        if (field.isRepetition(Type.Repetition.REPEATED)) {
            throw new ParquetException(
                    "column " + field.getName() + " is repeated without being a list, which is not supported;"
                            + " leave it out with columns=…");
        }
        return value(field, sink);
    }

    private static Converter value(Type field, Consumer<String> sink) {
        if (field.isPrimitive()) {
            return new Leaf(ValueText.of(field.asPrimitiveType(), null), sink);
        }
        GroupType group = field.asGroupType();
        boolean many = group.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                || group.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                || group.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
        return many && group.getFieldCount() == 1 ? new Many(group, sink) : new Struct(group, sink);
    }

    /** Returns whether the repeated field of a list only wraps its element. */
    private static boolean wraps(GroupType list, Type repeated) {
        return list.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                && !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array") && !repeated.getName().equals(list.getName() + "_tuple");
    }

    private static String check(StringBuilder json) {
        if (json.length() > MAX_CHARACTERS) {
            throw new ParquetException("a list in the Parquet file has more than " + MAX_CHARACTERS + " characters as JSON");
        }
        return json.toString();
    }

    /** A primitive value. */
    private static final class Leaf extends TextConverter {
        private final Consumer<String> sink;

        Leaf(ValueText text, Consumer<String> sink) {
            super(text);
            this.sink = sink;
        }

        @Override
        void take() {
            boolean bare = text.kind() == RowReceiver.ValueKind.NUMBER || text.kind() == RowReceiver.ValueKind.BOOLEAN;
            String value = text.toString();
            sink.accept(!bare ? '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"'
                    : value.isEmpty() ? "null" : value);
        }
    }

    /** A list or a map: one repeated field. */
    private static final class Many extends GroupConverter {
        private final Consumer<String> sink;
        private final StringBuilder json = new StringBuilder();
        private final Converter element;

        Many(GroupType list, Consumer<String> sink) {
            this.sink = sink;
            Type repeated = list.getType(0);
            Consumer<String> append = value -> json.append(json.length() > 1 ? "," : "").append(value);
            this.element = wraps(list, repeated) ? new Wrapper(repeated.asGroupType().getType(0), append)
                    : value(repeated, append);
        }

        @Override
        public Converter getConverter(int field) {
            return element;
        }

        @Override
        public void start() {
            json.setLength(0);
            json.append('[');
        }

        @Override
        public void end() {
            check(json);
            sink.accept(json.append(']').toString());
        }
    }

    /** The group around an element of a list. An element that is missing is null. */
    private static final class Wrapper extends GroupConverter {
        private final Consumer<String> sink;
        private final Converter element;
        private String value = "null";

        Wrapper(Type element, Consumer<String> sink) {
            this.sink = sink;
            this.element = value(element, json -> value = json);
        }

        @Override
        public Converter getConverter(int field) {
            return element;
        }

        @Override
        public void start() {
            value = "null";
        }

        @Override
        public void end() {
            sink.accept(value);
        }
    }

    /** An object. A field that is missing is left out. */
    private static final class Struct extends GroupConverter {
        private final Consumer<String> sink;
        private final StringBuilder json = new StringBuilder();
        private final List<Converter> fields = new ArrayList<>();

        Struct(GroupType group, Consumer<String> sink) {
            this.sink = sink;
            for (Type field : group.getFields()) {
                String name = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(field.getName())) + "\":";
                fields.add(value(field, value -> json.append(json.length() > 1 ? "," : "").append(name).append(value)));
            }
        }

        @Override
        public Converter getConverter(int field) {
            return fields.get(field);
        }

        @Override
        public void start() {
            json.setLength(0);
            json.append('{');
        }

        @Override
        public void end() {
            check(json);
            sink.accept(json.append('}').toString());
        }
    }
}
