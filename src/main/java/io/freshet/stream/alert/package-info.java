/**
 * Alerts about streams that are not well: a log, live subscribers and a webhook. Enter through {@link Alerts}. It may use
 * {@code stream}, {@code stream.health} and {@code sink.live}.
 */
@NullMarked
package io.freshet.stream.alert;

import org.jspecify.annotations.NullMarked;
