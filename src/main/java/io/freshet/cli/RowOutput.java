package io.freshet.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.ParquetRows;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.codec.RecordWriter;
import io.freshet.codec.TextCompression;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.parquet.Compression;
import io.freshet.table.RowBatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes synthetic rows in the format that a command requests. */
final class RowOutput {

    private static final int ROWS_PER_BATCH = 4096;
    private static final String PARQUET = "parquet";

    private final String target;
    private final String format;
    private final Compression compression;
    private final long count;
    private final long offset;
    private final long seed;

    private RowOutput(ParseResult given) {
        this.target = Options.text(given, "-o", TableArgument.STANDARD);
        this.format = format(Options.text(given, "-f", ""), target);
        this.compression = compression(Options.text(given, "--compression", Compression.ZSTD.id()));
        this.count = Options.number(given, "-n", 100);
        this.offset = Options.number(given, "--offset", 0);
        this.seed = Options.number(given, "--seed", 1);
        if (count < 0 || offset < 0) {
            throw new CommandException(ExitCode.USAGE, "-n and --offset must be 0 or more");
        }
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(Options.number("ROWS", "how many rows (default: 100)", "-n", "--count"));
        spec.addOption(Options.text("FILE", "where to write; - is the standard output (default); .gz and .zst compress", "-o",
                "--output"));
        spec.addOption(Options.text("FORMAT", "ndjson, csv, json or parquet (default: by the ending of the file, else ndjson)",
                "-f", "--format"));
        spec.addOption(Options.text("CODEC", "of Parquet: zstd (default), snappy, gzip, lz4 or none", "--compression"));
        spec.addOption(Options.number("NUMBER", "the same seed gives the same rows (default: 1)", "-s", "--seed"));
        spec.addOption(Options.number("ROW", "the first row (default: 0)", "--offset"));
    }

    static RowOutput of(ParseResult given) {
        return new RowOutput(given);
    }

    private static String format(String given, String target) {
        String name = TextCompression.withoutEnding(target).toLowerCase(Locale.ROOT);
        String format = !given.isEmpty() ? given
                : name.endsWith(".parquet") ? PARQUET
                        : name.endsWith(".csv") ? RecordWriter.CSV.id()
                                : name.endsWith(".json") ? RecordWriter.JSON.id() : RecordWriter.NDJSON.id();
        if (!format.equals(PARQUET) && RecordWriter.find(format).isEmpty()) {
            throw new CommandException(ExitCode.USAGE,
                    "there is no format " + format + "; use ndjson, csv, json or parquet");
        }
        return format;
    }

    private static Compression compression(String id) {
        return Compression.find(id).orElseThrow(() -> new CommandException(ExitCode.USAGE,
                "there is no compression " + id + "; use " + String.join(", ", Compression.ids())));
    }

    void write(SynthesisModel model, Terminal terminal) throws IOException {
        RowGenerator generator;
        try {
            generator = model.generator(seed, Conditions.none());
        } catch (ConditionException e) {
            throw new CommandException(ExitCode.INVALID, String.valueOf(e.getMessage()));
        }
        Progress progress = new Progress(terminal, "rows", count);
        try {
            FileTarget.write(target, terminal, out -> {
                if (format.equals(PARQUET)) {
                    writeParquet(generator, progress, out);
                } else {
                    writeText(generator, progress, out, RecordWriter.find(format).orElse(RecordWriter.NDJSON));
                }
            });
        } finally {
            progress.end();
        }
    }

    private void writeParquet(RowGenerator generator, Progress progress, OutputStream out) throws IOException {
        RowBatch batch = generator.newBatch(ROWS_PER_BATCH);
        try (ParquetRows file = new ParquetRows(batch, false, compression, out)) {
            for (long done = 0; done < count;) {
                done += fill(generator, batch, done);
                file.write(batch, null);
                progress.at(done);
            }
        }
    }

    private void writeText(RowGenerator generator, Progress progress, OutputStream out, RecordWriter writer)
            throws IOException {
        RowBatch batch = generator.newBatch(ROWS_PER_BATCH);
        RecordEncoder encoder = writer == RecordWriter.CSV ? new CsvEncoder() : new JsonEncoder();
        EncodedRecords encoded = EncodedRecords.create();
        out.write(writer.begin().getBytes(StandardCharsets.US_ASCII));
        if (writer == RecordWriter.CSV) {
            out.write(CsvEncoder.header(batch.schema(), false));
            out.write('\n');
        }
        for (long done = 0; done < count;) {
            boolean first = done == 0;
            done += fill(generator, batch, done);
            encoder.encode(new RecordBatch.Rows(batch), null, encoded);
            writer.write(encoded, first, out);
            progress.at(done);
        }
        out.write(writer.end().getBytes(StandardCharsets.US_ASCII));
    }

    private int fill(RowGenerator generator, RowBatch batch, long done) {
        int rows = (int) Math.min(ROWS_PER_BATCH, count - done);
        generator.fill(batch, offset + done, rows);
        return rows;
    }

    /** Returns the output file; empty for the standard output. */
    Optional<String> file() {
        return target.equals(TableArgument.STANDARD) ? Optional.empty() : Optional.of(target);
    }
}
