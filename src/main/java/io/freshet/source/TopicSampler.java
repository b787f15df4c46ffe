package io.freshet.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Collects the records of a topic in a file, one JSON object a line: JSON, or Avro in Confluent's layout. What is neither is
 * counted and passed over. Progress may be asked for by any thread.
 */
public final class TopicSampler {

    private final MessageDecoder decoder;
    private final RefusedMessages refused = new RefusedMessages();
    private volatile long read;

    /**
     * @param avro whether messages are Avro; else they are JSON
     */
    public TopicSampler(boolean avro, MessageDecoder.Schemas schemas) {
        this.decoder = new MessageDecoder(avro, schemas);
    }

    /** How many records were collected. */
    public long read() {
        return read;
    }

    /** How many messages were passed over because they cannot be read. */
    public long malformed() {
        return refused.count();
    }

    /** Why, for the first few of them. */
    public List<String> errors() {
        return refused.samples();
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
        byte[] record;
        try {
            record = decoder.json(value);
        } catch (MalformedMessageException | IOException e) {
            refused.add(message, String.valueOf(e.getMessage()));
            return;
        }
        out.write(record);
        out.write('\n');
        read++;
    }
}
