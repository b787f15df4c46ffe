package io.freshet.score;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordWriter;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/** Writes synthetic rows of every table in a folder to another folder, so that other tools can score them, and prints times. */
public final class SyntheticTables {

    private SyntheticTables() {
    }

    /**
     * @param arguments a folder of tables, a folder for the synthetic ones, a method, and how many times to fit (for
     *        timing)
     */
    public static void main(String[] arguments) throws IOException {
        SynthesisMethod method = SynthesisMethod.find(arguments[2]).orElseThrow();
        int times = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        List<Path> tables;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            tables = files.filter(file -> TableFormat.ofFileName(file.toString()).isPresent()).sorted().toList();
        }
        for (Path table : tables) {
            write(table, Path.of(arguments[1]).resolve(table.getFileName()), method, times);
        }
    }

    private static void write(Path table, Path synthetic, SynthesisMethod method, int times) throws IOException {
        TableSample sample;
        try (InputStream in = Files.newInputStream(table)) {
            sample = TableReader.read(in, TableFormat.ofFileName(table.toString()).orElseThrow(), ReadOptions.defaults());
        }
        SynthesisModel model = ModelFitter.fit(sample, method);
        long millis = 0;
        for (int time = 0; time < times; time++) {
            long startedAt = cpuNanos();
            model = ModelFitter.fit(sample, method);
            millis = (cpuNanos() - startedAt) / 1_000_000;
        }
        RowGenerator generator = model.generator(1, Conditions.none());
        RowBatch batch = generator.newBatch(1000);
        long drawn = 0;
        long nanos = 0;
        for (int round = 0; round < 200 * times; round++) {
            long startedAt = cpuNanos();
            generator.fill(batch, round * 1000L, 1000);
            nanos = round == 100 * times ? 0 : nanos + cpuNanos() - startedAt;
            drawn = round == 100 * times ? 0 : drawn + 1000;
        }
        System.out.printf("%s | fit %d ms | %.0f rows/s%n", table.getFileName(), millis, drawn * 1e9 / nanos);
        csv(model, sample.rows().size(), synthetic);
    }

    /** Returns the CPU time of this thread, which does not depend on how busy the machine is. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void csv(SynthesisModel model, int rows, Path file) throws IOException {
        RowGenerator generator = model.generator(7, Conditions.none());
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, 0, rows);
        Files.createDirectories(file.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(CsvEncoder.header(model.schema(), false));
            out.write('\n');
            EncodedRecords encoded = EncodedRecords.create();
            new CsvEncoder().encode(new RecordBatch.Rows(batch), null, encoded);
            RecordWriter.CSV.write(encoded, true, out);
        }
    }
}
