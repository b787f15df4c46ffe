package io.freshet.kafka.channel;

import java.util.concurrent.Executor;

import io.freshet.sink.Sink;

/**
 * How the batches of a message reach Kafka.
 *
 * @param destination the topic with the headers of its messages, and the transaction if records are to arrive exactly once
 * @param caller runs tasks on the thread that sent the message, so that a topic that blocks delays no other
 */
record KafkaBatchMetadata(Sink destination, Executor caller) {
}
