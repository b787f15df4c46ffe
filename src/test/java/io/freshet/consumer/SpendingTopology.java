package io.freshet.consumer;

import java.io.IOException;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A Kafka Streams topology over the records of a stream. */
// tag::example[]
public final class SpendingTopology {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SpendingTopology() {
    }

    /** Adds up what each user spends. */
    public static Topology build(String from, String to) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(from, Consumed.with(Serdes.ByteArray(), Serdes.String()))
                .mapValues(SpendingTopology::parse)
                .filter((key, event) -> event.get("event_type").textValue().equals("purchase"))
                .map((key, event) -> new KeyValue<>(event.get("user_id").textValue(),
                        event.get("value").doubleValue()))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.Double()))
                .reduce(Double::sum, Materialized.<String, Double, KeyValueStore<Bytes, byte[]>> as("spending")
                        .withKeySerde(Serdes.String()).withValueSerde(Serdes.Double()))
                .toStream().to(to, Produced.with(Serdes.String(), Serdes.Double()));
        return builder.build();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }
}
// end::example[]
