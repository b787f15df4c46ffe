package io.freshet.kafka.sink;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.EncodedBatch;

/** Creates the messages for the records of a Kafka sink. */
final class ProducerRecordFactory {

    /** The multiplier of the 64-bit Fibonacci hash: 2⁶⁴ divided by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final KafkaTarget target;
    private final MessageHeaders headers;
    private final @Nullable ConfluentWireFormat framing;

    /** @param run identifies one life of the stream */
    ProducerRecordFactory(KafkaTarget target, @Nullable ConfluentWireFormat framing, String run) {
        this.target = target;
        this.framing = framing;
        this.headers = new MessageHeaders(target, run);
    }

    KafkaTarget target() {
        return target;
    }

    /** Returns the message of a record. */
    ProducerRecord<byte[], byte[]> value(EncodedBatch batch, int record) {
        return new ProducerRecord<>(target.topic(), null, timestamp(batch, record), key(batch, record), bytes(batch, record),
                headers.of(batch, record, false));
    }

    /** Returns the timestamp of a record, or null for the time of sending. */
    private static @Nullable Long timestamp(EncodedBatch batch, int record) {
        OptionalLong known = batch.headers().timestamp(record);
        return known.isPresent() ? known.getAsLong() : null;
    }

    /** Returns the content of a record's message for a dead letter. */
    DeadLetter.Content content(EncodedBatch batch, int record) {
        List<Header> all = headers.of(batch, record, false);
        return new DeadLetter.Content(key(batch, record), bytes(batch, record),
                all == null ? Headers.NONE
                        : Headers.of(all.stream().map(header -> new Headers.Header(header.key(), header.value())).toList()),
                batch.headers().timestamp(record));
    }

    /** Returns the bytes of the value, or null for a tombstone. */
    private byte @Nullable [] bytes(EncodedBatch batch, int record) {
        if (batch.headers().isTombstone(record)) {
            return null;
        }
        ConfluentWireFormat frame = framing(batch);
        return frame == null ? batch.records().copy(record) : frame.value(batch.records(), record);
    }

    /** Returns the bytes of the key, or null for a record without a key. */
    private byte @Nullable [] key(EncodedBatch batch, int record) {
        byte[] key = batch.headers().key(record);
        ConfluentWireFormat frame = framing(batch);
        return frame == null ? key : frame.key(key);
    }

    /** Returns null for JSON, and for dead letters, which are framed already. */
    private @Nullable ConfluentWireFormat framing(EncodedBatch batch) {
        return batch.schema() == null ? null : framing;
    }

    /** Returns the tombstone that deletes the key of a record again, or null if the key stays. */
    @Nullable
    ProducerRecord<byte[], byte[]> tombstone(EncodedBatch batch, int record) {
        byte[] text = batch.headers().key(record);
        if (target.tombstones() == 0 || text == null || batch.headers().isTombstone(record)) {
            return null;
        }
        double share = (Arrays.hashCode(text) * SPREAD >>> 11) * 0x1p-53;
        return share < target.tombstones()
                ? new ProducerRecord<>(target.topic(), null, timestamp(batch, record), key(batch, record), null,
                        headers.of(batch, record, true))
                : null;
    }
}
