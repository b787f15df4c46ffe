package io.freshet.kafka.sink;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BinaryFormat;
import io.freshet.codec.KeyEncoder;
import io.freshet.sink.RecordHeaderFields;

/**
 * The messages of a Kafka sink.
 *
 * @param topic the topic; empty for that of the connection
 * @param key the field with the key of the message; empty for no key, or for that of events
 * @param format the binary format; empty for JSON
 * @param framedKeys whether keys also use the format, with their own schema
 * @param tombstones the share of keys that are deleted again, each by a tombstone after each of its records
 * @param cloudEvents how messages become CloudEvents in binary mode; empty if they do not
 * @param ids whether each message carries an id, so that consumers can detect repeats
 * @param exactlyOnce whether records and position are committed in one transaction
 * @param timestamp the field with the timestamp of a message; empty for that of the message it came from, or of sending
 * @param settings the settings of the producer that differ from the configuration, by their Kafka names
 */
public record KafkaTarget(String topic, Optional<String> key, Optional<BinaryFormat> format, boolean framedKeys,
        double tombstones, Optional<CloudEvents> cloudEvents, boolean ids, boolean exactlyOnce, Optional<String> timestamp,
        Map<String, String> settings) {

    public KafkaTarget {
        settings = Map.copyOf(settings);
        if (!(tombstones >= 0 && tombstones <= 1)) {
            throw new IllegalArgumentException("the share of tombstones is 0 to 1");
        }
    }

    /** Returns the same target with a default topic, if none is named. */
    public KafkaTarget orTopic(String other) {
        return topic.isEmpty() ? new KafkaTarget(other, key, format, framedKeys, tombstones, cloudEvents, ids, exactlyOnce,
                timestamp, settings) : this;
    }

    /** Returns the fields of records that its messages use. */
    RecordHeaderFields fields() {
        return new RecordHeaderFields(encoder(key), encoder(timestamp), encoder(cloudEvents.flatMap(CloudEvents::typeField)),
                encoder(cloudEvents.flatMap(CloudEvents::timeField)));
    }

    private static @Nullable KeyEncoder encoder(Optional<String> field) {
        return field.map(KeyEncoder::new).orElse(null);
    }
}
