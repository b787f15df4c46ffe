package io.freshet.codec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.parquet.ColumnBuffer;
import io.freshet.parquet.ColumnKind;
import io.freshet.parquet.Compression;
import io.freshet.parquet.FileColumn;
import io.freshet.parquet.NumberBuffer;
import io.freshet.parquet.ParquetWriter;
import io.freshet.parquet.TextBuffer;
import io.freshet.table.Schema;

/**
 * The rows of a Parquet file that is not complete yet. A Parquet file can only be read when its footer is written, so rows are
 * first appended to a journal, where they survive a crash: a line with the columns, then records, each with its length in four
 * bytes.
 */
public final class ParquetJournal {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BUFFER = 1 << 16;
    /** Stands before a value that could have been missing. */
    private static final int PRESENT = 1;

    private final List<FileColumn> columns;
    private final Map<String, String> metadata;
    private final RecordInput record = new RecordInput();

    private ParquetJournal(List<FileColumn> columns, Map<String, String> metadata) {
        this.columns = columns;
        this.metadata = metadata;
    }

    /** Returns the first line of a journal, with its line break. */
    public static byte[] header(Schema schema, boolean metadata) {
        ObjectNode header = MAPPER.createObjectNode();
        ArrayNode columns = header.putArray("columns");
        for (FileColumn column : ParquetColumns.of(schema, metadata)) {
            ObjectNode entry = columns.addObject();
            column.path().forEach(entry.putArray("path")::add);
            entry.put("kind", column.kind().name()).put("scale", column.scale()).put("nullable", column.nullable());
            if (!column.optionalGroups().isEmpty()) {
                column.optionalGroups().forEach(entry.putArray("optionalGroups")::add);
            }
        }
        ObjectNode formats = header.putObject("metadata");
        ParquetColumns.formats(schema).forEach(formats::put);
        return (header + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ParquetJournal of(String header) throws IOException {
        JsonNode json = MAPPER.readTree(header);
        List<FileColumn> columns = new ArrayList<>();
        for (JsonNode column : json.path("columns")) {
            List<String> path = new ArrayList<>();
            column.path("path").forEach(step -> path.add(step.asText()));
            List<Integer> optional = new ArrayList<>();
            column.path("optionalGroups").forEach(step -> optional.add(step.asInt()));
            columns.add(new FileColumn(path, ColumnKind.valueOf(column.path("kind").asText()), column.path("scale").asInt(),
                    column.path("nullable").asBoolean(), optional));
        }
        Map<String, String> metadata = new HashMap<>();
        json.path("metadata").properties().forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        return new ParquetJournal(columns, metadata);
    }

    /**
     * Writes the Parquet file of a journal.
     *
     * @param length the number of bytes of the journal that are complete
     * @param out receives the file; closed
     * @return the number of rows
     */
    public static long convert(Path journal, long length, Compression compression, OutputStream out) throws IOException {
        try (out; DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(journal), BUFFER))) {
            byte[] header = readLine(in);
            return of(new String(header, StandardCharsets.UTF_8)).convert(in, length - header.length - 1, compression, out);
        }
    }

    private static byte[] readLine(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b = in.readByte(); b != '\n'; b = in.readByte()) {
            line.write(b);
        }
        return line.toByteArray();
    }

    private long convert(DataInputStream in, long length, Compression compression, OutputStream out) throws IOException {
        List<Boolean> tokens = columns.stream().map(column -> false).toList();
        long rows = 0;
        try (ParquetWriter writer = new ParquetWriter(out, columns, tokens, compression, metadata)) {
            List<ColumnBuffer> buffers = writer.buffers();
            for (long read = 0; read < length; rows++) {
                int size = Integer.reverseBytes(in.readInt());
                record.read(in, size);
                for (ColumnBuffer buffer : buffers) {
                    put(buffer);
                }
                writer.addRows(1);
                read += Integer.BYTES + size;
            }
        }
        return rows;
    }

    private void put(ColumnBuffer buffer) {
        int mark = buffer.column().maxLevel() == 0 ? PRESENT : record.next();
        if (mark != PRESENT) {
            buffer.putMissing(Math.max(0, mark - 1));
        } else if (buffer instanceof NumberBuffer numbers) {
            numbers.put(buffer.column().kind() == ColumnKind.DOUBLE ? record.nextDouble() : record.nextZigzag());
        } else {
            int length = (int) record.nextVarint();
            int from = record.skip(length);
            ((TextBuffer) buffer).put(record.bytes(), from, from + length);
        }
    }

    /** The bytes of one record, read from the front. */
    private static final class RecordInput {
        private byte[] bytes = new byte[256];
        private int at;

        void read(DataInputStream in, int size) throws IOException {
            if (bytes.length < size) {
                bytes = new byte[Math.max(size, 2 * bytes.length)];
            }
            in.readFully(bytes, 0, size);
            at = 0;
        }

        byte[] bytes() {
            return bytes;
        }

        int next() {
            return bytes[at++];
        }

        int skip(int length) {
            int from = at;
            at += length;
            return from;
        }

        long nextVarint() {
            long value = 0;
            for (int shift = 0;; shift += 7) {
                byte b = bytes[at++];
                value |= (b & 0x7FL) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        long nextZigzag() {
            long value = nextVarint();
            return value >>> 1 ^ -(value & 1);
        }

        long nextDouble() {
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits |= (bytes[at++] & 0xFFL) << 8 * i;
            }
            return bits;
        }
    }
}
