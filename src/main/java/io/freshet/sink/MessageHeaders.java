package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.BinaryFormat;

/** The headers of messages: what record it is, what somebody who checks a consumer wants to know, and CloudEvents 1.0. */
final class MessageHeaders {

    /** The stream and the index of the record in it: the same however often the record is sent. */
    static final String ID = "freshet-id";
    static final String CHAOS = "freshet-chaos";
    private static final String EVENT_TYPE = "io.freshet.record";

    /** What the ids of a stream begin with. */
    private static final class Prefix {
        private final String stream;
        private final byte[] bytes;

        Prefix(String stream) {
            this.stream = stream;
            this.bytes = (stream + "/").getBytes(StandardCharsets.UTF_8);
        }
    }

    private final KafkaTarget target;
    // a sink is of one stream, but for the letters that come again
    private volatile Prefix prefix = new Prefix("");
    private final Header version = header("ce_specversion", "1.0");
    private final Header type = header("ce_type", EVENT_TYPE);
    private final Header contentType;

    MessageHeaders(KafkaTarget target) {
        this.target = target;
        this.contentType = header("content-type", "application/" + target.format().map(BinaryFormat::id).orElse("json"));
    }

    /** Null for none. */
    @Nullable
    List<Header> of(OutgoingBatch batch, int record) {
        String label = batch.envelopes().label(record);
        if (!target.cloudEvents() && !target.ids() && label == null) {
            return null;
        }
        if (target.ids() && !target.cloudEvents() && label == null) {
            return List.of(id(batch, record));
        }
        List<Header> headers = new ArrayList<>();
        if (target.ids()) {
            headers.add(id(batch, record));
        }
        if (label != null) {
            headers.add(header(CHAOS, label));
        }
        if (target.cloudEvents()) {
            headers.add(version);
            headers.add(type);
            headers.add(header("ce_id", batch.id(record)));
            headers.add(header("ce_source", "/freshet/streams/" + batch.stream()));
            BatchMetadata metadata = batch.metadata();
            if (metadata != null) {
                headers.add(header("ce_time", metadata.generatedAt().toString()));
            }
            headers.add(contentType);
        }
        return headers;
    }

    /** Made for each record, so with little in between. */
    private Header id(OutgoingBatch batch, int record) {
        Prefix known = prefix;
        if (!batch.stream().equals(known.stream)) {
            known = new Prefix(batch.stream());
            prefix = known;
        }
        String own = batch.envelopes().id(record);
        return new RecordHeader(ID, own == null ? followed(known.bytes, batch.position() + record)
                : followed(known.bytes, own.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] followed(byte[] prefix, byte[] id) {
        byte[] value = Arrays.copyOf(prefix, prefix.length + id.length);
        System.arraycopy(id, 0, value, prefix.length, id.length);
        return value;
    }

    private static byte[] followed(byte[] prefix, long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        byte[] value = Arrays.copyOf(prefix, prefix.length + digits);
        long rest = number;
        for (int at = value.length - 1; at >= prefix.length; at--) {
            value[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return value;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
