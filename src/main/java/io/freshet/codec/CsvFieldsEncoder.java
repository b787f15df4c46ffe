package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.event.FieldPath;

/**
 * Encodes selected fields of rows or events as CSV, one UTF-8 line per record without its line break. A field that a record
 * lacks is empty; an object or a list is written as JSON.
 */
public final class CsvFieldsEncoder implements RecordEncoder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<FieldPath> fields;

    /** @param fields the columns, at least one */
    public CsvFieldsEncoder(List<FieldPath> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Returns the header line without its line break. */
    public byte[] header(boolean metadata) {
        String names = fields.stream().map(field -> CsvDialect.CSV.text(field.toString())).collect(Collectors.joining(","));
        String more = metadata ? "," + BatchMetadata.GENERATED_AT + "," + BatchMetadata.BATCH_ID : "";
        return (names + more).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        into.clear(batch.size());
        String end = metadata == null ? "" : "," + metadata.generatedAt() + "," + metadata.batchId();
        for (Map<String, @Nullable Object> record : FieldMaps.of(batch)) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < fields.size(); i++) {
                Object value = record == null ? null : fields.get(i).get(record);
                line.append(i == 0 ? "" : ",").append(value == null ? "" : CsvDialect.CSV.text(text(value)));
            }
            // readers skip empty lines
            byte[] bytes = line.append(end).isEmpty() ? new byte[] { '"', '"' }
                    : line.toString().getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, into.reserve(0, bytes.length), into.used(), bytes.length);
            into.append(bytes.length);
        }
    }

    private static String text(Object value) {
        if (!(value instanceof Map) && !(value instanceof Collection)) {
            return value.toString();
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
