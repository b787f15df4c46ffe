package io.freshet.event;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record that is not a row of a model: a JSON object with a time and a key.
 *
 * @param time when the event happened
 * @param key the Kafka key; null if the event has none
 * @param fields the object; values are String, Boolean, Long, Double, BigDecimal, List, Map or null
 */
public record Event(Instant time, @Nullable String key, Map<String, Object> fields) {
}
