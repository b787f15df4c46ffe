package io.freshet.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/** Reads back with Jackson and FastCSV what the encoders wrote. */
final class Written {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static final String DANGEROUS = "\"\\,;'\n\r\t/{}[]:\u007f\u2028\ufeff\uffff";

    private Written() {
    }

    static RowBatch batch(List<Column> columns, List<? extends ColumnVector> vectors, int rows) {
        RowBatch batch = RowBatch.wrap(new Schema(columns), List.copyOf(vectors));
        batch.hold(0, rows);
        return batch;
    }

    static RowBatch batch(ColumnType type, ColumnVector vector) {
        return batch(List.of(new Column("v", type, true)), List.of(vector), vector.capacity());
    }

    static String lines(RecordEncoder encoder, RecordBatch batch, @Nullable BatchMetadata metadata) {
        EncodedRecords encoded = EncodedRecords.create();
        encoder.encode(batch, metadata, encoded);
        return new String(encoded.bytes(), 0, encoded.used(), StandardCharsets.UTF_8);
    }

    /** Returns rows as CSV with a header. */
    static byte[] csv(RowBatch rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(CsvEncoder.header(rows.schema(), false));
        out.write('\n');
        EncodedRecords encoded = EncodedRecords.create();
        new CsvEncoder().encode(new RecordBatch.Rows(rows), null, encoded);
        RecordWriter.CSV.write(encoded, true, out);
        return out.toByteArray();
    }

    static List<JsonNode> json(RecordBatch batch, @Nullable BatchMetadata metadata) {
        List<JsonNode> records = new ArrayList<>();
        for (String line : lines(new JsonEncoder(), batch, metadata).split("\n")) {
            records.add(tree(line));
        }
        return records;
    }

    static List<JsonNode> json(RowBatch batch) {
        return json(new RecordBatch.Rows(batch), null);
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** Returns the header followed by the rows. */
    static List<CsvRecord> csv(RowBatch batch, @Nullable BatchMetadata metadata) {
        String header = new String(CsvEncoder.header(batch.schema(), metadata != null), StandardCharsets.UTF_8);
        String csv = header + "\n" + lines(new CsvEncoder(), new RecordBatch.Rows(batch), metadata);
        return CsvReader.builder().ofCsvRecord(csv).stream().toList();
    }

    /** Returns random characters, mostly those that some format must escape, with surrogates in pairs. */
    static String text(SplittableRandom random, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        while (text.length() < length) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append(DANGEROUS.charAt(random.nextInt(DANGEROUS.length())));
                case 2 -> text.append((char) random.nextInt(0x80, 0xD800));
                case 3 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 4 -> text.append((char) random.nextInt(0xE000, 0x10000));
                default -> text.append((char) random.nextInt(0x20, 0x7F));
            }
        }
        return text.toString();
    }
}
