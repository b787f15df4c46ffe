package io.freshet.kafka.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.freshet.table.JsonErrors;

/** Decodes the values of messages, JSON or Avro in Confluent's wire format, to JSON objects. Not thread-safe. */
public final class MessageDecoder {

    /** Looks up schemas by their ids. */
    public interface Schemas {

        /**
         * Returns the text of a schema.
         *
         * @throws IOException if it cannot be retrieved at present
         * @throws RuntimeException if the schema does not exist
         */
        String schema(int id) throws IOException;
    }

    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
    private static final int FRAME = 5;

    private final boolean avro;
    private final Schemas schemas;
    private final Map<Integer, Schema> known = new HashMap<>();

    /** @param avro whether messages are Avro; otherwise they are JSON */
    public MessageDecoder(boolean avro, Schemas schemas) {
        this.avro = avro;
        this.schemas = schemas;
    }

    /**
     * Returns a JSON object without line breaks.
     *
     * @throws MalformedMessageException if the value is not a JSON object
     * @throws IOException if its schema cannot be retrieved at present
     */
    public byte[] json(byte[] value) throws MalformedMessageException, IOException {
        return avro ? JSON.writeValueAsBytes(avro(value)) : checked(value);
    }

    private static byte[] checked(byte[] value) throws MalformedMessageException {
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessageException("no object");
            }
            parser.skipChildren();
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new MalformedMessageException("not one object");
            }
            return isOneLine(value) ? value : JSON.writeValueAsBytes(JSON.readTree(value));
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException(JsonErrors.cause(e));
        } catch (IOException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOneLine(byte[] value) {
        if (value[0] != '{' || value[value.length - 1] != '}') {
            return false;
        }
        for (byte each : value) {
            if (each == '\n' || each == '\r') {
                return false;
            }
        }
        return true;
    }

    private JsonNode avro(byte[] value) throws MalformedMessageException, IOException {
        if (value.length < FRAME || value[0] != 0) {
            throw new MalformedMessageException("not Avro in Confluent's wire format");
        }
        Schema schema = schema(ByteBuffer.wrap(value, 1, FRAME - 1).getInt());
        JsonNode record;
        try {
            record = AvroJson.of(schema, new GenericDatumReader<>(schema).read(null,
                    DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null)));
        } catch (RuntimeException | IOException e) {
            // Avro throws many different exceptions when bytes do not match a schema
            throw new MalformedMessageException("does not match its schema: " + e);
        }
        if (!record.isObject()) {
            throw new MalformedMessageException("no object");
        }
        return record;
    }

    private Schema schema(int id) throws MalformedMessageException, IOException {
        Schema schema = known.get(id);
        if (schema == null) {
            String text;
            try {
                text = schemas.schema(id);
            } catch (RuntimeException e) {
                throw new MalformedMessageException(String.valueOf(e.getMessage()));
            }
            try {
                schema = new Schema.Parser().parse(text);
            } catch (AvroRuntimeException e) {
                throw new MalformedMessageException("its schema is not a valid Avro schema: " + e.getMessage());
            }
            known.put(id, schema);
        }
        return schema;
    }
}
