package io.freshet.consumer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.avro.generic.GenericRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.quarkus.arc.properties.IfBuildProperty;

/** Consumes records in Avro, with the schema of the registry. */
@IfBuildProperty(name = "consumer.examples", stringValue = "true")
// tag::example[]
@ApplicationScoped
public class AvroTotals {

    private final AtomicLong records = new AtomicLong();
    private final DoubleAdder total = new DoubleAdder();

    @Incoming("totals")
    void consume(GenericRecord record) {
        total.add(((Number) record.get("value")).doubleValue());
        records.incrementAndGet();
    }

    public long records() {
        return records.get();
    }

    public double total() {
        return total.sum();
    }
}
// end::example[]
