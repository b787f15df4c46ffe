package io.freshet.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.event.Event;

/** One JSON object per record, UTF-8, no line break. */
public final class JsonEncoder implements RecordEncoder {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RowEncoder rows = new RowEncoder(JsonDialect.JSON);

    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        if (batch instanceof RecordBatch.Rows columns) {
            rows.encode(columns.rows(), metadata, into);
        } else {
            encodeEvents(((RecordBatch.Events) batch).events(), metadata, into);
        }
    }

    private static void encodeEvents(List<Event> events, @Nullable BatchMetadata metadata, EncodedRecords into) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] ends = new int[events.size()];
        try {
            for (int i = 0; i < ends.length; i++) {
                Map<String, Object> fields = events.get(i).fields();
                if (metadata != null) {
                    fields = new LinkedHashMap<>(fields);
                    fields.put(BatchMetadata.GENERATED_AT, metadata.generatedAt().toString());
                    fields.put(BatchMetadata.BATCH_ID, metadata.batchId());
                }
                out.write(MAPPER.writeValueAsBytes(fields));
                ends[i] = out.size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = into.reset(ends.length, out.size());
        System.arraycopy(out.toByteArray(), 0, bytes, 0, out.size());
        for (int i = 0; i < ends.length; i++) {
            into.place(i, i == 0 ? 0 : ends[i - 1], ends[i]);
        }
    }
}
