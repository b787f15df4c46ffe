package io.freshet.kafka.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.BinaryFormat;
import io.freshet.event.Headers;
import io.freshet.sink.EncodedBatch;

/** The headers of messages: the record's id, its label for tests of a consumer, and CloudEvents 1.0. */
final class MessageHeaders {

    /** The stream, its run and the record's index or id. It is the same however often the record is sent. */
    static final String ID = "freshet-id";
    static final String CHAOS = "freshet-chaos";
    private static final String CONTENT_TYPE = "content-type";
    private static final String CE_VERSION = "ce_specversion";
    private static final String CE_TYPE = "ce_type";
    private static final String CE_ID = "ce_id";
    private static final String CE_SOURCE = "ce_source";
    private static final String CE_TIME = "ce_time";
    private static final String CE_KEY = "ce_partitionkey";
    /** The suffix that turns a record's id into that of the tombstone that deletes it again. */
    private static final String DELETION = ".tombstone";

    /** The common prefix of the ids of a stream. */
    private static final class Prefix {
        private final String stream;
        private final byte[] bytes;

        Prefix(String stream, String run) {
            this.stream = stream;
            this.bytes = (stream + "/" + run).getBytes(StandardCharsets.UTF_8);
        }
    }

    private final KafkaTarget target;
    private final String run;
    // a sink belongs to one stream, but dead letters may come from others
    private volatile Prefix prefix = new Prefix("", "");
    private final Header version = header(CE_VERSION, "1.0");
    private final Header contentType;

    /**
     * @param run identifies one life of the stream, from its creation to its deletion; empty for a stream of an earlier
     *        version, whose ids do not contain it
     */
    MessageHeaders(KafkaTarget target, String run) {
        this.target = target;
        this.run = run.isEmpty() ? "" : run + "/";
        this.contentType = header(CONTENT_TYPE, "application/" + target.format().map(BinaryFormat::id).orElse("json"));
    }

    /**
     * Returns the headers of a message: those of the message from which its record came, followed by ours. Headers that
     * identify the record or say how to read it are replaced by ours; other CloudEvents attributes are kept.
     *
     * @param deletion whether the message is the tombstone that deletes the record again
     * @return null for no headers
     */
    @Nullable
    List<Header> of(EncodedBatch batch, int record, boolean deletion) {
        Headers from = batch.headers().headers(record);
        if (batch.headers().areHeadersComplete() && from != null) {
            return kafka(from);
        }
        String label = batch.headers().label(record);
        boolean alone = target.cloudEvents().isEmpty() && label == null && (from == null || from.isEmpty());
        if (alone) {
            return target.ids() ? List.of(id(batch, record, deletion)) : null;
        }
        List<Header> headers = new ArrayList<>();
        Headers kept = from == null ? Headers.NONE : from;
        headers.addAll(kafka(kept.only(name -> !isOurs(name, label != null))));
        if (target.ids()) {
            headers.add(id(batch, record, deletion));
        }
        if (label != null) {
            headers.add(header(CHAOS, label));
        }
        target.cloudEvents().ifPresent(events -> cloudEvent(events, batch, record, deletion).stream()
                .filter(header -> !kept.has(header.key()) || isOurs(header.key(), false)).forEach(headers::add));
        return headers;
    }

    private boolean isOurs(String name, boolean labelled) {
        return name.equals(ID) && target.ids() || name.equals(CHAOS) && labelled
                || target.cloudEvents().isPresent() && (name.equals(CONTENT_TYPE) || name.equals(CE_VERSION));
    }

    private List<Header> cloudEvent(CloudEvents events, EncodedBatch batch, int record, boolean deletion) {
        String type = batch.headers().type(record);
        Instant time = batch.headers().eventTime(record);
        BatchMetadata metadata = batch.metadata();
        if (time == null && metadata != null) {
            time = metadata.generatedAt();
        }
        List<Header> headers = new ArrayList<>();
        headers.add(version);
        headers.add(header(CE_TYPE, type == null || type.isEmpty() ? events.type() : type));
        headers.add(header(CE_ID, run + batch.id(record) + (deletion ? DELETION : "")));
        headers.add(header(CE_SOURCE, "/freshet/streams/" + batch.stream()));
        if (time != null) {
            headers.add(header(CE_TIME, time.toString()));
        }
        byte[] key = batch.headers().key(record);
        if (key != null) {
            headers.add(new RecordHeader(CE_KEY, key));
        }
        headers.add(contentType);
        return headers;
    }

    private static List<Header> kafka(Headers headers) {
        return headers.all().stream().<Header> map(header -> new RecordHeader(header.name(), header.value())).toList();
    }

    /** Creates the id header. It runs for each record, so it avoids intermediate objects. */
    private Header id(EncodedBatch batch, int record, boolean deletion) {
        Prefix known = prefix;
        if (!batch.stream().equals(known.stream)) {
            known = new Prefix(batch.stream(), run);
            prefix = known;
        }
        String own = batch.headers().id(record);
        byte[] id = own == null ? followed(known.bytes, batch.position() + record)
                : followed(known.bytes, own.getBytes(StandardCharsets.UTF_8));
        return new RecordHeader(ID, deletion ? followed(id, DELETION.getBytes(StandardCharsets.UTF_8)) : id);
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
