/**
 * The connector {@code freshet-kafka}: batches of records leave by the channel {@code records} for the producers, and commands
 * arrive from their topic by the channel {@code commands}. Enter through {@link io.freshet.kafka.channel.RecordsChannel}. It
 * may use {@code sink}, {@code sink.channel} and the other packages of {@code kafka}.
 */
@NullMarked
package io.freshet.kafka.channel;

import org.jspecify.annotations.NullMarked;
