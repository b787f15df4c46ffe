package io.freshet.store;

import java.time.Duration;
import java.time.Instant;

import io.freshet.model.SynthesisModel;

/**
 * A model that is kept.
 *
 * @param version from 1; one more each time the name is fitted again
 * @param fitTime how long reading and fitting took
 */
public record StoredModel(String name, long version, Instant fittedAt, Duration fitTime, SynthesisModel model) {
}
