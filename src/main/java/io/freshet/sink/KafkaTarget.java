package io.freshet.sink;

import java.util.Map;
import java.util.Optional;

import io.freshet.codec.BinaryFormat;

/**
 * What the messages of a Kafka sink are like.
 *
 * @param key the field that is the message's key; empty for none, or for that of events
 * @param format empty for JSON
 * @param framedKeys whether keys are of the format too, with a schema of their own
 * @param tombstones the share of keys that are deleted again, each by a message without a value behind each of its records
 * @param cloudEvents whether messages are CloudEvents in binary mode
 * @param ids whether each message says what record it is, so that repeats can be told
 * @param exactlyOnce whether records and position go in one transaction
 * @param settings of the producer, by their Kafka names, where they differ from the configuration
 */
public record KafkaTarget(String topic, Optional<String> key, Optional<BinaryFormat> format, boolean framedKeys,
        double tombstones,
        boolean cloudEvents, boolean ids, boolean exactlyOnce, Map<String, String> settings) {

    public KafkaTarget {
        settings = Map.copyOf(settings);
        if (!(tombstones >= 0 && tombstones <= 1)) {
            throw new IllegalArgumentException("the share of tombstones is 0 to 1");
        }
    }
}
