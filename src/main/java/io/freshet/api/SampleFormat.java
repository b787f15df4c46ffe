package io.freshet.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.ParquetRows;
import io.freshet.codec.RecordWriter;
import io.freshet.codec.TextCompression;
import io.freshet.parquet.Compression;

/**
 * The format of an answer with samples.
 *
 * @param text the text format; empty for Parquet
 * @param compression the compression within a Parquet file
 */
record SampleFormat(Optional<RecordWriter> text, Compression compression) {

    private static final String PARQUET = "parquet";
    private static final long MIN_COMPRESSED_ROWS = 1000;

    /** @throws ProblemException if there is no such format or compression, or they do not belong together */
    static SampleFormat of(@Nullable String format, @Nullable String compression) {
        String id = format == null ? RecordWriter.NDJSON.id() : format;
        if (!id.equals(PARQUET)) {
            RecordWriter text = RecordWriter.find(id).orElseThrow(() -> new ProblemException(
                    Problem.of(422, "format", "there is no format " + id).allowing(formats())));
            if (compression != null) {
                throw new ProblemException(Problem.of(422, "compression", "compression is for format=parquet; for " + id
                        + ", the header Accept-Encoding asks for a compressed answer"));
            }
            return new SampleFormat(Optional.of(text), Compression.NONE);
        }
        return new SampleFormat(Optional.empty(), compression == null ? Compression.ZSTD
                : Compression.find(compression).orElseThrow(() -> new ProblemException(Problem
                        .of(422, "compression", "there is no compression " + compression).allowing(Compression.ids()))));
    }

    private static List<String> formats() {
        List<String> formats = new ArrayList<>(Arrays.stream(RecordWriter.values()).map(RecordWriter::id).toList());
        formats.add(PARQUET);
        return formats;
    }

    String mediaType() {
        return text.map(RecordWriter::mediaType).orElse(ParquetRows.MEDIA_TYPE);
    }

    /** Returns the writer for text; that of NDJSON, unused, for Parquet. */
    RecordWriter writer() {
        return text.orElse(RecordWriter.NDJSON);
    }

    /**
     * Returns how an answer is compressed for a client. Parquet has its own compression, and small answers are not worth it.
     *
     * @param encodings the header Accept-Encoding
     */
    Optional<TextCompression> compression(@Nullable String encodings, long count) {
        return encodings == null || text.isEmpty() || count < MIN_COMPRESSED_ROWS ? Optional.empty()
                : TextCompression.accepted(encodings);
    }

    void write(Samples samples, Optional<TextCompression> coding, OutputStream out) throws IOException {
        if (coding.isEmpty()) {
            write(samples, out);
            return;
        }
        try (OutputStream compressed = coding.get().compress(out)) {
            write(samples, compressed);
        }
    }

    private void write(Samples samples, OutputStream out) throws IOException {
        if (text.isEmpty()) {
            try (ParquetRows file = new ParquetRows(samples.batch(), samples.hasMetadata(), compression, out)) {
                while (samples.hasNext()) {
                    samples.writeNext(file);
                }
            }
            return;
        }
        RecordWriter writer = text.get();
        out.write(writer.begin().getBytes(StandardCharsets.US_ASCII));
        if (writer == RecordWriter.CSV) {
            out.write(CsvEncoder.header(samples.batch().schema(), samples.hasMetadata()));
            out.write('\n');
        }
        while (samples.hasNext()) {
            samples.writeNext(out);
        }
        out.write(writer.end().getBytes(StandardCharsets.US_ASCII));
    }
}
