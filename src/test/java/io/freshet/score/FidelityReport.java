package io.freshet.score;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
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

/**
 * Run by hand. Splits each CSV file of a folder at random into 70 % of the rows to fit and 30 % to compare with, fits models
 * with default options, and prints the scores of as many drawn rows as were fitted. All tables, the drawn ones too, are written
 * to another folder, so that other tools can score the same rows. A file {@code targets.properties} in the folder names the
 * column of a table that is predicted, such as {@code adult=class}.
 */
public final class FidelityReport {

    private static final long DRAW_SEED = 7;
    private static final int TIMED_BATCHES = 200;
    private static final int BATCH_ROWS = 1_000;

    private final Path into;
    private final List<SynthesisMethod> methods;
    private final Properties targets = new Properties();
    private final Map<String, double[]> detections = new TreeMap<>();

    private FidelityReport(Path into, List<SynthesisMethod> methods) {
        this.into = into;
        this.methods = methods;
    }

    /**
     * @param arguments a folder of CSV files, a folder to write to; optionally seeds of the split, such as {@code 42,1,2}, and
     *        methods, such as {@code auto,gaussian_copula}
     */
    public static void main(String[] arguments) throws IOException {
        String[] seeds = (arguments.length > 2 ? arguments[2] : "42").split(",", -1);
        List<SynthesisMethod> methods = Arrays.stream((arguments.length > 3 ? arguments[3] : "auto").split(",", -1))
                .map(method -> SynthesisMethod.find(method).orElseThrow()).toList();
        FidelityReport report = new FidelityReport(Path.of(arguments[1]), methods);
        Path folder = Path.of(arguments[0]);
        if (Files.exists(folder.resolve("targets.properties"))) {
            try (InputStream in = Files.newInputStream(folder.resolve("targets.properties"))) {
                report.targets.load(in);
            }
        }
        List<Path> tables;
        try (Stream<Path> files = Files.list(folder)) {
            tables = files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
        }
        System.out.printf("%-22s %4s %-15s %15s %15s %15s %15s %15s %13s %6s %9s%n", "table", "seed", "method", "detect",
                "shapes",
                "trends", "useful", "closer", "copies", "fit ms", "rows/s");
        for (Path table : tables) {
            for (String seed : seeds) {
                report.table(table, Long.parseLong(seed));
            }
        }
        report.detections.forEach((method, sum) -> System.out.printf(Locale.ROOT, "mean detect of %s: %.3f%n", method,
                sum[0] / sum[1]));
    }

    private void table(Path file, long seed) throws IOException {
        String name = file.getFileName().toString().replace(".csv", "");
        Path folder = Files.createDirectories(into.resolve(name + "-" + seed));
        TableSplit.write(file, folder, seed);
        TableSample train = read(folder.resolve("train.csv"), ReadOptions.defaults());
        for (SynthesisMethod method : methods) {
            long startedAt = cpuNanos();
            SynthesisModel model = ModelFitter.fit(train, method);
            long millis = (cpuNanos() - startedAt) / 1_000_000;
            RowBatch drawn = draw(model, train.rows().size());
            csv(drawn, folder.resolve(method.id() + ".csv"));
            ReadOptions same = ReadOptions.defaults().withTypesOf(model.schema());
            QualityReport report = Evaluation.compare(read(folder.resolve("holdout.csv"), same).rows(), drawn,
                    Optional.of(read(folder.resolve("train.csv"), same).rows()),
                    Optional.ofNullable(targets.getProperty(name)), seed);
            print(name, seed, method.id() + (model.method() == method ? "" : "=" + model.method().id()), report);
            System.out.printf(Locale.ROOT, " %6d %9.0f%n", millis, rowsPerSecond(model));
            double[] sum = detections.computeIfAbsent(method.id(), any -> new double[2]);
            sum[0] += report.detection().map(DetectionScore::auc).orElse(.5);
            sum[1]++;
        }
    }

    private static void print(String table, long seed, String method, QualityReport report) {
        PrivacyScores privacy = report.privacy();
        System.out.printf(Locale.ROOT, "%-22s %4d %-15s %15s %15s %15s %15s %15s %13s", table, seed,
                method.replace("gaussian_copula", "copula"),
                report.detection().map(found -> both(found.auc(), found.ceiling())).orElse("-"),
                both(report.columnShapes(), report.columnShapesCeiling()),
                both(report.columnPairTrends(), report.columnPairTrendsCeiling()),
                report.usefulness().map(useful -> both(useful.synthetic(), useful.real())).orElse("-"),
                both(privacy.closer(), privacy.closerFloor()), both(privacy.copies(), privacy.copiesFloor()));
    }

    private static String both(double score, double ceiling) {
        return String.format(Locale.ROOT, "%.3f (%.3f)", score, ceiling);
    }

    private static TableSample read(Path file, ReadOptions options) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return TableReader.read(in, TableFormat.CSV, options);
        }
    }

    private static RowBatch draw(SynthesisModel model, int rows) {
        RowGenerator generator = model.generator(DRAW_SEED, Conditions.none());
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, 0, rows);
        return batch;
    }

    /** The second half of the batches counts, when the code is compiled. */
    private static double rowsPerSecond(SynthesisModel model) {
        RowGenerator generator = model.generator(1, Conditions.none());
        RowBatch batch = generator.newBatch(BATCH_ROWS);
        long startedAt = cpuNanos();
        for (int round = 0; round < TIMED_BATCHES; round++) {
            startedAt = round == TIMED_BATCHES / 2 ? cpuNanos() : startedAt;
            generator.fill(batch, (long) round * BATCH_ROWS, BATCH_ROWS);
        }
        return TIMED_BATCHES / 2.0 * BATCH_ROWS * 1e9 / (cpuNanos() - startedAt);
    }

    /** The CPU time of this thread, which does not depend on how busy the machine is. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void csv(RowBatch rows, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(CsvEncoder.header(rows.schema(), false));
            out.write('\n');
            EncodedRecords encoded = EncodedRecords.create();
            new CsvEncoder().encode(new RecordBatch.Rows(rows), null, encoded);
            RecordWriter.CSV.write(encoded, true, out);
        }
    }
}
