package io.freshet.consumer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads Avro in Confluent's wire format: a zero byte, the id of the schema as four bytes, and the data. Confluent's
 * KafkaAvroDeserializer and Apicurio's do the same.
 */
// tag::example[]
public class RegistryAvroDeserializer implements Deserializer<GenericRecord> {

    private static final int HEADER = 5;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final GenericData data = new GenericData();
    private String registry;

    public RegistryAvroDeserializer() {
        // decimal numbers as such instead of bytes
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        registry = settings.get("schema.registry.url").toString();
    }

    @Override
    public GenericRecord deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        Schema schema = schemas.computeIfAbsent(ByteBuffer.wrap(bytes).getInt(1), this::schema);
        try {
            return new GenericDatumReader<GenericRecord>(schema, schema, data).read(null,
                    DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }

    private Schema schema(int id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id)).build();
        try {
            String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new Schema.Parser().parse(new ObjectMapper().readTree(answer).get("schema").textValue());
        } catch (IOException e) {
            throw new SerializationException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SerializationException(e);
        }
    }
}
// end::example[]
