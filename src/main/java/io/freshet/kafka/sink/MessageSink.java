package io.freshet.kafka.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordEncoder;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;

/** A sink that sends one Kafka message per record; subclasses decide how. */
abstract class MessageSink implements Sink {

    final ProducerRecordFactory messages;
    final @Nullable ConfluentWireFormat framing;
    private final RecordHeaderFields fields;
    private final @Nullable RecordEncoder encoder;

    /**
     * @param framing the format of messages; null for JSON
     * @param run identifies one life of the stream
     */
    MessageSink(KafkaTarget target, @Nullable ConfluentWireFormat framing, String run) {
        this.framing = framing;
        this.messages = new ProducerRecordFactory(target, framing, run);
        this.fields = target.fields();
        this.encoder = framing == null ? null : framing.format().encoder();
    }

    @Override
    public final String kind() {
        return DeadLetter.KAFKA;
    }

    @Override
    public final String target() {
        return messages.target().topic();
    }

    @Override
    public final RecordHeaderFields fields() {
        return fields;
    }

    @Override
    public final boolean acceptsTombstones() {
        return true;
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
    public final DeadLetter.Content content(EncodedBatch batch, int record) {
        return messages.content(batch, record);
    }
}
