package io.freshet.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.table.Schema;

/** A sink of one Kafka message per record, whatever way they are sent. */
abstract class MessageSink implements Sink {

    final Messages messages;
    final @Nullable MessageFraming framing;
    private final @Nullable KeyEncoder keys;
    private final @Nullable RecordEncoder encoder;

    /** @param framing null for JSON */
    MessageSink(KafkaTarget target, @Nullable MessageFraming framing) {
        this.framing = framing;
        this.messages = new Messages(target, framing);
        this.keys = target.key().map(KeyEncoder::new).orElse(null);
        this.encoder = framing == null ? null : framing.format().encoder();
    }

    @Override
    public final String kind() {
        return "kafka";
    }

    @Override
    public final String target() {
        return messages.target().topic();
    }

    @Override
    public final @Nullable KeyEncoder keys() {
        return keys;
    }

    @Override
    public final @Nullable RecordEncoder encoder() {
        return encoder;
    }

    @Override
    public final @Nullable Schema columns() {
        return framing == null ? null : framing.columns();
    }

    @Override
    public final byte[] message(OutgoingBatch batch, int record) {
        return messages.bytes(batch, record);
    }

    @Override
    public final byte @Nullable [] messageKey(OutgoingBatch batch, int record) {
        return messages.key(batch, record);
    }
}
