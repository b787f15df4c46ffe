package io.freshet.kafka.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BinaryFormat;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.SchemaEncoder;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.sink.EncodedBatch;
import io.freshet.table.Schema;

/**
 * Confluent's wire format: a zero byte, the schema's id in four bytes, and the record. With Protocol Buffers, the place of the
 * record's message in the schema comes before the record: another zero for the first message.
 */
final class ConfluentWireFormat {

    /** The zero and the id. */
    private static final int FRAME = 5;

    private final BinaryFormat format;
    private final SchemaRegistry registry;
    private final String topic;
    private final boolean framedKeys;
    private final SchemaEncoder keys;
    private final Optional<String> keyField;
    private final @Nullable Schema columns;
    private @Nullable Schema known;
    private boolean knownMetadata;
    private byte[] valuePrefix = new byte[0];
    private byte[] keyPrefix = new byte[0];
    private boolean knownWholeKeys;

    /**
     * @param target a target with a format
     * @param columns the columns of records without fixed columns; null if all records have them
     */
    ConfluentWireFormat(BinaryFormat format, SchemaRegistry registry, KafkaTarget target, @Nullable Schema columns) {
        this.format = format;
        this.registry = registry;
        this.topic = target.topic();
        this.framedKeys = target.framedKeys();
        this.keyField = target.key();
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
     * @param batch the batch; without a schema it is a dead letter that was framed before
     * @throws IOException if the registry does not answer
     * @throws SchemaRegistry.RefusedException if the registry rejects the schema, or rejected that of a dead letter
     */
    synchronized void prepare(EncodedBatch batch) throws IOException {
        Schema schema = batch.schema();
        boolean metadata = batch.metadata() != null;
        if (schema == null) {
            checkFramed(batch.records());
            return;
        }
        if (valuePrefix.length > 0 && metadata == knownMetadata && Objects.equals(schema, known)) {
            return;
        }
        // a record whose schema is rejected must not be stored with the id of another schema
        valuePrefix = new byte[0];
        boolean wholeKeys = hasWholeKeys(schema);
        if (framedKeys && (keyPrefix.length == 0 || wholeKeys != knownWholeKeys)) {
            keyPrefix = prefix(registry.register(topic + "-key", format, format.keySchema(wholeKeys)), keyIndex());
            knownWholeKeys = wholeKeys;
        }
        valuePrefix = prefix(registry.register(topic + "-value", format, format.schema(schema, metadata, topic)),
                format.messageIndex(schema));
        known = schema;
        knownMetadata = metadata;
    }

    /** Returns whether keys are integers, like their column. Keys of records without fixed columns may also be any text. */
    private boolean hasWholeKeys(Schema schema) {
        int column = keyField.map(schema::indexOf).orElse(-1);
        return column >= 0 && BinaryFormat.isWholeNumber(schema.column(column))
                && (columns == null || !schema.column(column).nullable());
    }

    private static void checkFramed(EncodedRecords letter) {
        ByteBuffer bytes = ByteBuffer.wrap(letter.bytes(), 0, letter.used());
        if (bytes.remaining() < FRAME || bytes.get() != 0 || bytes.getInt() <= 0) {
            throw new SchemaRegistry.RefusedException("this record", "it has no id");
        }
    }

    /** The schema of keys has a single message. */
    private byte[] keyIndex() {
        return format == BinaryFormat.PROTOBUF ? new byte[1] : new byte[0];
    }

    private static byte[] prefix(int id, byte[] index) {
        return ByteBuffer.allocate(FRAME + index.length).put((byte) 0).putInt(id).put(index).array();
    }

    /** Returns a record as the value of a message. */
    synchronized byte[] value(EncodedRecords records, int record) {
        byte[] message = Arrays.copyOf(valuePrefix, valuePrefix.length + records.length(record));
        System.arraycopy(records.bytes(), records.start(record), message, valuePrefix.length, records.length(record));
        return message;
    }

    /** Returns a text as the key of a message. */
    synchronized byte @Nullable [] key(byte @Nullable [] text) {
        if (!framedKeys || text == null) {
            return text;
        }
        byte[] key = keys.key(text, knownWholeKeys);
        byte[] message = Arrays.copyOf(keyPrefix, keyPrefix.length + key.length);
        System.arraycopy(key, 0, message, keyPrefix.length, key.length);
        return message;
    }
}
