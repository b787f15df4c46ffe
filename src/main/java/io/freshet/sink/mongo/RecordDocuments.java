package io.freshet.sink.mongo;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonBinaryWriter;
import org.bson.BsonSerializationException;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.freshet.sink.EncodedBatch;

/**
 * Converts records to documents of MongoDB with the fields {@code _id} (the run and the record's id in the stream), {@code
 * stream}, {@code position}, {@code time}, and {@code record} with the record itself, or {@code text} if it is not JSON. If
 * there are several series, {@code series} contains the stream and the record's key. The documents are written directly from
 * the bytes of the record. Numbers are int, long or double, or decimal if a double would lose digits. Thread-safe.
 */
final class RecordDocuments {

    /** Separates the run from the rest of an id. */
    private static final char SEPARATOR = '/';
    /** A number of this many characters has at most fifteen digits and a point, so a double represents it exactly. */
    private static final int SURE_DOUBLE = 16;
    /** The maximum number of digits that distinguish any two doubles. */
    private static final int DOUBLE_DIGITS = 17;
    /** The maximum by which a document is usually longer than the text of its record. */
    private static final int MORE_BYTES = 160;
    private static final JsonFactory JSON = new JsonFactory();

    private final String stream;
    private final String run;
    private final @Nullable String seriesKey;

    /**
     * @param run identifies one life of the stream, from its creation to its deletion
     * @param seriesKey the field that identifies the series of a record; null if there is one series
     */
    RecordDocuments(String stream, String run, @Nullable String seriesKey) {
        this.stream = stream;
        this.run = run;
        this.seriesKey = seriesKey;
    }

    /**
     * Returns records of a batch as documents that share one array.
     *
     * @param records the indices of the records
     * @param time the time of records without a timestamp
     */
    List<RawBsonDocument> of(EncodedBatch batch, int[] records, Instant time) {
        int bytes = 0;
        for (int record : records) {
            bytes += batch.records().length(record) + MORE_BYTES;
        }
        BasicOutputBuffer out = new BasicOutputBuffer(Math.max(MORE_BYTES, bytes));
        int[] ends = new int[records.length];
        for (int i = 0; i < records.length; i++) {
            append(out, batch, records[i], time);
            ends[i] = out.getPosition();
        }
        List<RawBsonDocument> documents = new ArrayList<>(records.length);
        for (int i = 0; i < records.length; i++) {
            int start = i == 0 ? 0 : ends[i - 1];
            documents.add(new RawBsonDocument(out.getInternalBuffer(), start, ends[i] - start));
        }
        return documents;
    }

    private void append(BasicOutputBuffer out, EncodedBatch batch, int record, Instant time) {
        int start = out.getPosition();
        try {
            write(out, batch, record, time, false);
        } catch (IOException | BsonSerializationException e) {
            out.truncateToPosition(start);
            try {
                write(out, batch, record, time, true);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void write(BasicOutputBuffer out, EncodedBatch batch, int record, Instant time, boolean asText)
            throws IOException {
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            writer.writeStartDocument();
            writer.writeString("_id", run + SEPARATOR + batch.id(record));
            writer.writeString("stream", stream);
            writer.writeInt64("position", batch.position(record));
            writer.writeDateTime("time", batch.headers().timestamp(record).orElse(time.toEpochMilli()));
            if (asText) {
                writer.writeString("text", batch.records().text(record));
            } else {
                writer.writeName("record");
                String key = copy(batch, record, writer);
                if (seriesKey != null) {
                    writeSeries(writer, key);
                }
            }
            writer.writeEndDocument();
        }
    }

    private void writeSeries(BsonWriter writer, @Nullable String key) {
        writer.writeStartDocument("series");
        writer.writeString("stream", stream);
        if (key != null) {
            writer.writeString("key", key);
        }
        writer.writeEndDocument();
    }

    /**
     * Copies a record.
     *
     * @return the key of its series; null if it has none
     */
    private @Nullable String copy(EncodedBatch batch, int record, BsonWriter to) throws IOException {
        String key = null;
        try (JsonParser from = JSON.createParser(batch.records().bytes(), batch.records().start(record),
                batch.records().length(record))) {
            int depth = 0;
            do {
                JsonToken token = from.nextToken();
                if (token == null) {
                    throw new IOException("the record is truncated");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                copy(token, from, to);
                if (seriesKey != null && depth == 1 && token.isScalarValue() && seriesKey.equals(from.currentName())) {
                    key = from.getText();
                }
            } while (depth > 0);
            if (from.nextToken() != null) {
                throw new IOException("the record contains more than one value");
            }
        }
        return key;
    }

    private static void copy(JsonToken token, JsonParser from, BsonWriter to) throws IOException {
        switch (token) {
            case START_OBJECT -> to.writeStartDocument();
            case END_OBJECT -> to.writeEndDocument();
            case START_ARRAY -> to.writeStartArray();
            case END_ARRAY -> to.writeEndArray();
            case FIELD_NAME -> to.writeName(from.currentName());
            case VALUE_STRING -> to.writeString(from.getText());
            case VALUE_TRUE, VALUE_FALSE -> to.writeBoolean(token == JsonToken.VALUE_TRUE);
            case VALUE_NUMBER_INT -> whole(from, to);
            case VALUE_NUMBER_FLOAT -> decimal(from, to);
            default -> to.writeNull();
        }
    }

    private static void whole(JsonParser from, BsonWriter to) throws IOException {
        switch (from.getNumberType()) {
            case INT -> to.writeInt32(from.getIntValue());
            case LONG -> to.writeInt64(from.getLongValue());
            default -> exact(from.getText(), from.getDoubleValue(), to);
        }
    }

    private static void decimal(JsonParser from, BsonWriter to) throws IOException {
        double value = from.getDoubleValue();
        if (from.getTextLength() <= SURE_DOUBLE && Double.isFinite(value)) {
            to.writeDouble(value);
        } else {
            exact(from.getText(), value, to);
        }
    }

    private static void exact(String text, double value, BsonWriter to) {
        BigDecimal number = new BigDecimal(text);
        if (Double.isFinite(value) && number.precision() <= DOUBLE_DIGITS
                && new BigDecimal(value).round(new MathContext(Math.max(1, number.precision()))).compareTo(number) == 0) {
            to.writeDouble(value);
            return;
        }
        try {
            to.writeDecimal128(new Decimal128(number));
        } catch (NumberFormatException e) {
            // the number has more digits than any number in MongoDB
            to.writeString(text);
        }
    }
}
