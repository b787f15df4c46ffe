package io.freshet.event;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record that is not a row of a model: a JSON object with a time and a key.
 *
 * @param time when it happened
 * @param key what it belongs to, where it belongs to something: the Kafka key
 * @param fields the object; values are String, Boolean, Long, Double, BigDecimal, List, Map or null
 */
public record Event(Instant time, @Nullable String key, Map<String, Object> fields) {
}
