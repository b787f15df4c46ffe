package io.freshet.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BinaryFormat;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.SchemaEncoder;
import io.freshet.table.Schema;

/**
 * Confluent's layout of a message: a zero, the id of its schema in four bytes, the record; with Protocol Buffers, before the
 * record a zero that says that it is the first message of its schema.
 */
final class MessageFraming {

    private static final int AVRO_PREFIX = 5;
    private static final int PROTOBUF_PREFIX = 6;

    private final BinaryFormat format;
    private final SchemaRegistry registry;
    private final String topic;
    private final boolean framedKeys;
    private final SchemaEncoder keys;
    private final @Nullable Schema columns;
    private @Nullable Schema known;
    private boolean knownMetadata;
    private byte[] valuePrefix = new byte[0];
    private byte[] keyPrefix = new byte[0];

    /**
     * @param target with a format
     * @param columns of records that have no fixed ones; null if all have
     */
    MessageFraming(BinaryFormat format, SchemaRegistry registry, KafkaTarget target, @Nullable Schema columns) {
        this.format = format;
        this.registry = registry;
        this.topic = target.topic();
        this.framedKeys = target.framedKeys();
        this.keys = format.encoder();
        this.columns = columns;
    }

    @Nullable
    Schema columns() {
        return columns;
    }

    BinaryFormat format() {
        return format;
    }

    /**
     * Makes sure that the registry has the schemas of a batch.
     *
     * @param batch without a schema it is a dead letter on its way again, which was framed before
     * @throws IOException if the registry does not answer
     * @throws SchemaRegistry.RefusedException if it does not take the schema, or never took that of a dead letter
     */
    synchronized void prepare(OutgoingBatch batch) throws IOException {
        Schema schema = batch.schema();
        boolean metadata = batch.metadata() != null;
        if (schema == null) {
            checkFramed(batch.records());
            return;
        }
        if (valuePrefix.length > 0 && metadata == knownMetadata && Objects.equals(schema, known)) {
            return;
        }
        // a record whose schema is refused is kept without the id of another one
        valuePrefix = new byte[0];
        if (framedKeys && keyPrefix.length == 0) {
            keyPrefix = prefix(registry.register(topic + "-key", format, format.keySchema()));
        }
        valuePrefix = prefix(registry.register(topic + "-value", format, format.schema(schema, metadata, topic)));
        known = schema;
        knownMetadata = metadata;
    }

    private static void checkFramed(EncodedRecords letter) {
        ByteBuffer bytes = ByteBuffer.wrap(letter.bytes(), 0, letter.used());
        if (bytes.remaining() < AVRO_PREFIX || bytes.get() != 0 || bytes.getInt() <= 0) {
            throw new SchemaRegistry.RefusedException("this record", "it has no id");
        }
    }

    private byte[] prefix(int id) {
        return ByteBuffer.allocate(format == BinaryFormat.AVRO ? AVRO_PREFIX : PROTOBUF_PREFIX).put((byte) 0).putInt(id)
                .array();
    }

    /** A record as the value of a message. */
    synchronized byte[] value(EncodedRecords records, int record) {
        byte[] message = Arrays.copyOf(valuePrefix, valuePrefix.length + records.length(record));
        System.arraycopy(records.bytes(), records.start(record), message, valuePrefix.length, records.length(record));
        return message;
    }

    /** A text as the key of a message. */
    synchronized byte @Nullable [] key(byte @Nullable [] text) {
        if (!framedKeys || text == null) {
            return text;
        }
        byte[] key = keys.key(text);
        byte[] message = Arrays.copyOf(keyPrefix, keyPrefix.length + key.length);
        System.arraycopy(key, 0, message, keyPrefix.length, key.length);
        return message;
    }
}
