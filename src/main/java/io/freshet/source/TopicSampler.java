package io.freshet.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Collects the records of a topic in a file, one JSON object a line: JSON, or Avro in Confluent's layout. What is neither is
 * counted and passed over. Progress may be asked for by any thread.
 */
public final class TopicSampler {

    /** Knows schemas by their ids. */
    public interface Schemas {

        /**
         * The text of a schema.
         *
         * @throws IOException if it cannot be had
         */
        String schema(int id) throws IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAME = 5;
    private static final int SAMPLES = 5;
    private static final int LONGEST_SAMPLE = 200;

    private final boolean avro;
    private final Schemas schemas;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private volatile long read;
    private volatile long malformed;

    /**
     * @param avro whether messages are Avro; else they are JSON
     */
    public TopicSampler(boolean avro, Schemas schemas) {
        this.avro = avro;
        this.schemas = schemas;
    }

    /** How many records were collected. */
    public long read() {
        return read;
    }

    /** How many messages were passed over because they cannot be read. */
    public long malformed() {
        return malformed;
    }

    /** Why, for the first few of them. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /**
     * Collects until there are as many records as wanted, or the time is up.
     *
     * @param into a file, overwritten
     */
    public void collect(TopicConsumer consumer, long most, Duration patience, Path into) {
        long end = System.nanoTime() + patience.toNanos();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            while (read < most && System.nanoTime() < end) {
                for (TopicConsumer.Message message : consumer.next()) {
                    byte[] value = message.value();
                    // a tombstone is no record
                    if (value != null && read < most) {
                        add(message, value, out);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(TopicConsumer.Message message, byte[] value, OutputStream out) throws IOException {
        JsonNode record;
        try {
            record = avro ? avro(value) : JSON.readTree(value);
        } catch (JsonProcessingException e) {
            refuse(message, e.getOriginalMessage());
            return;
        } catch (AvroRuntimeException | IOException e) {
            refuse(message, e.getMessage());
            return;
        }
        if (record == null || !record.isObject()) {
            refuse(message, "no object");
            return;
        }
        out.write(JSON.writeValueAsBytes(record));
        out.write('\n');
        read++;
    }

    private void refuse(TopicConsumer.Message message, @Nullable String reason) {
        malformed++;
        if (errors.size() < SAMPLES) {
            String text = "partition " + message.partition() + ", offset " + message.offset() + ": " + reason;
            errors.add(text.length() > LONGEST_SAMPLE ? text.substring(0, LONGEST_SAMPLE) + "…" : text);
        }
    }

    private JsonNode avro(byte[] value) throws IOException {
        if (value.length < FRAME || value[0] != 0) {
            throw new IOException("no Avro in Confluent's layout");
        }
        int id = ByteBuffer.wrap(value, 1, FRAME - 1).getInt();
        Schema schema = known.get(id);
        if (schema == null) {
            schema = new Schema.Parser().parse(schemas.schema(id));
            known.put(id, schema);
        }
        Object record = new GenericDatumReader<>(schema).read(null,
                DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null));
        return AvroJson.of(schema, record);
    }

}
