package io.freshet.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.freshet.table.Column;
import io.freshet.table.RecordSchema;
import io.freshet.table.Schema;

/** Binary formats, whose records cannot be read without a schema. */
public enum BinaryFormat {

    AVRO {
        @Override
        public SchemaEncoder encoder() {
            return new AvroEncoder();
        }

        @Override
        String derived(Schema schema, boolean metadata, String name) {
            return AvroSchema.of(schema, metadata, name);
        }

        @Override
        public String keySchema(boolean wholeNumber) {
            return wholeNumber ? "\"long\"" : "\"string\"";
        }
    },
    PROTOBUF {
        @Override
        public SchemaEncoder encoder() {
            return new ProtobufEncoder();
        }

        @Override
        String derived(Schema schema, boolean metadata, String name) {
            return ProtobufSchema.of(schema, metadata, name);
        }

        @Override
        public String keySchema(boolean wholeNumber) {
            return ProtobufSchema.key(wholeNumber);
        }

        /** The places of the message in its schema: how many there are, and each; a lone zero stands for the first. */
        @Override
        public byte[] messageIndex(Schema schema) {
            int index = schema.records(id()).map(ProtobufRecords::messageIndex).orElse(0);
            if (index == 0) {
                return new byte[1];
            }
            RecordBytes bytes = new RecordBytes();
            bytes.putZigzag(1);
            bytes.putZigzag(index);
            return bytes.copy();
        }
    },

    /** JSON whose schema is in a registry. */
    JSON_SCHEMA {
        @Override
        public SchemaEncoder encoder() {
            return new RegisteredJsonEncoder();
        }

        @Override
        String derived(Schema schema, boolean metadata, String name) {
            return RegisteredJsonSchema.of(schema, metadata, name);
        }

        @Override
        public String keySchema(boolean wholeNumber) {
            return wholeNumber ? "{\"type\":\"integer\"}" : "{\"type\":\"string\"}";
        }

        @Override
        public String registryType() {
            return "JSON";
        }
    };

    /** Returns a new encoder for the format. */
    public abstract SchemaEncoder encoder();

    /**
     * Returns the text of the schema of rows: the one that they were declared with, if it has this format.
     *
     * @param metadata whether the records carry {@link BatchMetadata}
     * @param name the name of the records; characters that are not allowed in a name are replaced
     */
    public String schema(Schema schema, boolean metadata, String name) {
        return schema.records(id()).map(RecordSchema::text).orElseGet(() -> derived(schema, metadata, name));
    }

    abstract String derived(Schema schema, boolean metadata, String name);

    /** Returns what Confluent's wire format has between the id of a schema and a record. */
    public byte[] messageIndex(Schema schema) {
        return new byte[0];
    }

    /** Returns the name of the format in a schema registry. */
    public String registryType() {
        return name();
    }

    /**
     * Returns the text of the schema of keys.
     *
     * @param wholeNumber whether keys are integers; otherwise they are texts
     */
    public abstract String keySchema(boolean wholeNumber);

    /** Returns whether a column's values are 64-bit integers in these formats. */
    public static boolean isWholeNumber(Column column) {
        return BinaryKind.of(column.type()) == BinaryKind.LONG;
    }

    /** Returns the name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BinaryFormat> find(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(BinaryFormat::id).toList();
    }
}
