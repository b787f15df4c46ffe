package io.freshet.consumer;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.kafka.client.serialization.ObjectMapperDeserializer;

/** Consumes records as objects. */
@IfBuildProperty(name = "consumer.examples", stringValue = "true")
// tag::example[]
@ApplicationScoped
public class Purchases {

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Event(String id, long sequence, @JsonProperty("event_type") String type, double value) {
    }

    public static class EventDeserializer extends ObjectMapperDeserializer<Event> {
        public EventDeserializer() {
            super(Event.class);
        }
    }

    private final Queue<Event> purchases = new ConcurrentLinkedQueue<>();

    @Incoming("purchases")
    void consume(Event event) {
        if (event.sequence() % 100 == 42) {
            throw new IllegalArgumentException("no such product");
        }
        if (event.type().equals("purchase")) {
            purchases.add(event);
        }
    }

    public Queue<Event> all() {
        return purchases;
    }
}
// end::example[]
