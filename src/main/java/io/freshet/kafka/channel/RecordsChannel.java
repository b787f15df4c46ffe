package io.freshet.kafka.channel;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Sink;

/**
 * The outgoing channel {@code records}, by which all streams send batches to Kafka. Topic, headers and transaction are metadata
 * of a message, because channels cannot be made while the service runs.
 */
@ApplicationScoped
public class RecordsChannel {

    private static final String NAME = "records";

    private final Emitter<List<BatchDelivery>> emitter;

    public RecordsChannel(@Channel(NAME) Emitter<List<BatchDelivery>> emitter) {
        this.emitter = emitter;
    }

    /** Returns a sink that sends to the channel what the connector is to deliver to another sink. */
    public Sink to(Sink destination) {
        return new RecordsSink(destination, emitter);
    }
}
