package io.freshet.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.freshet.table.Schema;

/** Formats whose records cannot be read without a schema. */
public enum BinaryFormat {

    AVRO {
        @Override
        public SchemaEncoder encoder() {
            return new AvroEncoder();
        }

        @Override
        public String schema(Schema schema, boolean metadata, String name) {
            return AvroSchema.of(schema, metadata, name);
        }

        @Override
        public String keySchema() {
            return "\"string\"";
        }
    },
    PROTOBUF {
        @Override
        public SchemaEncoder encoder() {
            return new ProtobufEncoder();
        }

        @Override
        public String schema(Schema schema, boolean metadata, String name) {
            return ProtobufSchema.of(schema, metadata, name);
        }

        @Override
        public String keySchema() {
            return ProtobufSchema.KEY;
        }
    };

    /** What makes records of it. */
    public abstract SchemaEncoder encoder();

    /**
     * The text of the schema of rows.
     *
     * @param metadata whether the records carry {@link BatchMetadata}
     * @param name of the records; what may not be in a name is replaced
     */
    public abstract String schema(Schema schema, boolean metadata, String name);

    /** The text of the schema of keys. */
    public abstract String keySchema();

    /** The name in the API. */
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
