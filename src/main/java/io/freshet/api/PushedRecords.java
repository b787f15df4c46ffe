package io.freshet.api;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads the records of a push: a JSON object, an array of objects, or one object per line. */
final class PushedRecords {

    /** The maximum size of a push in bytes. */
    static final int MAX_BYTES = 16 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Stops reading a body as soon as it exceeds the limit. */
    private static final class Bounded extends FilterInputStream {

        private long left = MAX_BYTES;

        private Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw new ProblemException(Problem.of(413, "body", "a push may have at most " + MAX_BYTES + " bytes"));
            }
        }
    }

    private PushedRecords() {
    }

    /**
     * @param lines whether each line is a record
     * @return the records, each as compact JSON; at least one
     * @throws ProblemException if one of them is not a JSON object, the body contains none, or it is too large
     */
    static List<byte[]> read(InputStream body, boolean lines) throws IOException {
        List<byte[]> records;
        try {
            records = lines ? lines(new Bounded(body)) : json(new Bounded(body));
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(ProblemKind.MALFORMED_REQUEST, "body", "the body is not UTF-8"));
        }
        if (records.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemKind.INVALID_VALUE, "body", "the body contains no records"));
        }
        return records;
    }

    private static List<byte[]> lines(InputStream body) throws IOException {
        List<byte[]> records = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    records.add(line(line, records.size()));
                }
            }
        }
        return records;
    }

    private static byte[] line(String line, int index) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            byte[] record = object(parser, index);
            if (parser.nextToken() != null) {
                throw invalid(index, "is more than one JSON object");
            }
            return record;
        } catch (JsonProcessingException e) {
            throw invalid(index, "is not a JSON object: " + e.getOriginalMessage());
        }
    }

    private static List<byte[]> json(InputStream body) throws IOException {
        List<byte[]> records = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    records.add(object(parser, records.size()));
                }
            } else if (token != null) {
                records.add(object(parser, 0));
            }
            if (parser.nextToken() != null) {
                throw malformed(records.size(), "the body has more after its JSON value; use application/x-ndjson for lines");
            }
        } catch (JsonProcessingException e) {
            throw malformed(records.size(), "the body is not valid JSON: " + e.getOriginalMessage());
        }
        return records;
    }

    private static byte[] object(JsonParser parser, int index) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw parser.currentToken() == null ? malformed(index, "the body ends within an array") : notAnObject(index);
        }
        JsonNode record = parser.readValueAsTree();
        return JSON.writeValueAsBytes(record);
    }

    private static ProblemException malformed(int index, String detail) {
        return new ProblemException(Problem.of(ProblemKind.MALFORMED_REQUEST, field(index), detail));
    }

    private static ProblemException notAnObject(int index) {
        return invalid(index, "is not a JSON object");
    }

    private static ProblemException invalid(int index, String reason) {
        return new ProblemException(Problem.of(ProblemKind.INVALID_VALUE, field(index), "record " + index + " " + reason
                + "; no record of this request was accepted"));
    }

    private static String field(int index) {
        return "records[" + index + "]";
    }
}
