package io.freshet.sink;

import java.util.Arrays;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The messages of the records of a Kafka sink. */
final class Messages {

    /** Multiplier of the Fibonacci hash of 64 bits: 2⁶⁴ over the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final KafkaTarget target;
    private final MessageHeaders headers;
    private final @Nullable MessageFraming framing;

    Messages(KafkaTarget target, @Nullable MessageFraming framing) {
        this.target = target;
        this.framing = framing;
        this.headers = new MessageHeaders(target);
    }

    KafkaTarget target() {
        return target;
    }

    /** The message of a record. */
    ProducerRecord<byte[], byte[]> value(OutgoingBatch batch, int record) {
        return new ProducerRecord<>(target.topic(), null, key(batch, record), bytes(batch, record), headers.of(batch, record));
    }

    /** The bytes of its value. */
    byte[] bytes(OutgoingBatch batch, int record) {
        MessageFraming frame = framing(batch);
        return frame == null ? batch.records().copy(record) : frame.value(batch.records(), record);
    }

    /** The bytes of its key; null for none. */
    byte @Nullable [] key(OutgoingBatch batch, int record) {
        byte[] key = batch.envelopes().key(record);
        MessageFraming frame = framing(batch);
        return frame == null ? key : frame.key(key);
    }

    /** Null for JSON, and for dead letters: they are framed already. */
    private @Nullable MessageFraming framing(OutgoingBatch batch) {
        return batch.schema() == null ? null : framing;
    }

    /** The message that deletes the key of a record again; null if it stays. */
    @Nullable
    ProducerRecord<byte[], byte[]> tombstone(OutgoingBatch batch, int record) {
        byte[] text = batch.envelopes().key(record);
        if (target.tombstones() == 0 || text == null) {
            return null;
        }
        double share = (Arrays.hashCode(text) * SPREAD >>> 11) * 0x1p-53;
        return share < target.tombstones()
                ? new ProducerRecord<>(target.topic(), null, key(batch, record), null, headers.of(batch, record))
                : null;
    }
}
