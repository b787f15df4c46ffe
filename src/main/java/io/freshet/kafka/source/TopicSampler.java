package io.freshet.kafka.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.freshet.source.RejectedMessages;

/**
 * Collects the records of a topic in a file, one JSON object per line, from messages in JSON, or Avro in Confluent's wire
 * format. Other messages are counted and skipped. Any thread may read the progress.
 */
public final class TopicSampler {

    private final MessageDecoder decoder;
    private final RejectedMessages refused = new RejectedMessages();
    private volatile long read;

    /** @param avro whether messages are Avro; otherwise they are JSON */
    public TopicSampler(boolean avro, MessageDecoder.Schemas schemas) {
        this.decoder = new MessageDecoder(avro, schemas);
    }

    /** Returns how many records were collected. */
    public long read() {
        return read;
    }

    /** Returns how many messages were skipped because they cannot be decoded. */
    public long malformed() {
        return refused.count();
    }

    /** Returns the reasons for the first few of them. */
    public List<String> errors() {
        return refused.samples();
    }

    /**
     * Collects until there are enough records, or the time is up.
     *
     * @param into a file, which is overwritten
     */
    public void collect(TopicConsumer consumer, long max, Duration patience, Path into) {
        long end = System.nanoTime() + patience.toNanos();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            while (read < max && System.nanoTime() < end) {
                for (TopicMessage message : consumer.next()) {
                    byte[] value = message.value();
                    // a tombstone is not a record
                    if (value != null && read < max) {
                        add(message, value, out);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(TopicMessage message, byte[] value, OutputStream out) throws IOException {
        byte[] record;
        try {
            record = decoder.json(value);
        } catch (MalformedMessageException | IOException e) {
            refused.add(message.partition(), message.offset(), String.valueOf(e.getMessage()));
            return;
        }
        out.write(record);
        out.write('\n');
        read++;
    }
}
