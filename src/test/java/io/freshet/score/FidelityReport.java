package io.freshet.score;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.freshet.model.Conditions;
import io.freshet.model.ModelFitter;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.table.TextVector;

/**
 * Run by hand: fits each table of a folder, draws as many rows as it has and prints their scores; then fits to every other row,
 * with the rest as the hold-out, for the score of overfitting. The seed is fixed.
 */
public final class FidelityReport {

    private static final long SEED = 1;

    private FidelityReport() {
    }

    /** @param arguments a folder of tables; then, if it is not the default, a method */
    public static void main(String[] arguments) throws IOException {
        SynthesisMethod method = SynthesisMethod.find(arguments.length > 1 ? arguments[1] : "gaussian_copula").orElseThrow();
        List<Path> tables;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            tables = files.filter(file -> TableFormat.ofFileName(file.toString()).isPresent()).sorted().toList();
        }
        System.out.println(
                "table | rows | KS | TV | correlation | contingency | shapes (ceiling) | trends (ceiling) | mean (ceiling) "
                        + "| new rows | DCR baseline | DCR overfitting | fit ms");
        for (Path table : tables) {
            report(table, method);
        }
    }

    private static void report(Path file, SynthesisMethod method) throws IOException {
        TableSample sample;
        try (InputStream in = Files.newInputStream(file)) {
            sample = TableReader.read(in, TableFormat.ofFileName(file.toString()).orElseThrow(), ReadOptions.defaults());
        }
        long begun = System.nanoTime();
        SynthesisModel model = ModelFitter.fit(sample, method);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        QualityReport whole = Evaluation.compare(sample.rows(), draw(model, sample.rows().size()), Optional.empty(), SEED);
        RowBatch learned = everyOther(sample.rows(), 0);
        RowBatch heldOut = everyOther(sample.rows(), 1);
        SynthesisModel half = ModelFitter.fit(new TableSample(learned, learned.size(), sample.missing(), sample.valueCounts()),
                method);
        PrivacyScores privacy = Evaluation.compare(heldOut, draw(half, learned.size()), Optional.of(learned), SEED).privacy();
        System.out.printf(
                "%s | %d | %.4f | %.4f | %.4f | %.4f | %.4f (%.4f) | %.4f (%.4f) | %.4f (%.4f) | %.3f | %.3f | %.3f | %d%n",
                file.getFileName(), sample.rows().size(), columns(whole, "KSComplement"), columns(whole, "TVComplement"),
                whole.pairs("CorrelationSimilarity"), whole.pairs("ContingencySimilarity"), whole.columnShapes(),
                whole.columnShapesCeiling(), whole.columnPairTrends(), whole.columnPairTrendsCeiling(), whole.overall(),
                whole.overallCeiling(), whole.privacy().newRows(), privacy.baselineProtection(),
                privacy.overfittingProtection(),
                millis);
    }

    private static double columns(QualityReport report, String metric) {
        return report.columns().stream().filter(column -> column.metric().equals(metric)).mapToDouble(ColumnScore::score)
                .filter(score -> !Double.isNaN(score)).average().orElse(Double.NaN);
    }

    private static RowBatch draw(SynthesisModel model, int rows) {
        RowGenerator generator = model.generator(SEED, Conditions.none());
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, 0, rows);
        return batch;
    }

    private static RowBatch everyOther(RowBatch rows, int first) {
        int size = (rows.size() - first + 1) / 2;
        List<ColumnVector> vectors = Stream.iterate(0, c -> c < rows.schema().size(), c -> c + 1)
                .map(c -> everyOther(rows.vector(c), first, size)).toList();
        RowBatch half = RowBatch.wrap(rows.schema(), vectors);
        half.hold(0, size);
        return half;
    }

    private static ColumnVector everyOther(ColumnVector vector, int first, int size) {
        if (vector instanceof CodedVector coded) {
            CodedVector half = CodedVector.create(size, coded.dictionary());
            for (int i = 0; i < size; i++) {
                half.codes()[i] = coded.codes()[first + 2 * i];
            }
            return half;
        }
        if (vector instanceof NumberVector numbers) {
            NumberVector half = NumberVector.create(size);
            for (int i = 0; i < size; i++) {
                half.values()[i] = numbers.values()[first + 2 * i];
            }
            return half;
        }
        if (vector instanceof FloatingVector doubles) {
            FloatingVector half = FloatingVector.create(size);
            for (int i = 0; i < size; i++) {
                half.values()[i] = doubles.values()[first + 2 * i];
            }
            return half;
        }
        TextVector texts = (TextVector) vector;
        TextVector half = TextVector.create(size);
        for (int i = 0; i < size; i++) {
            if (texts.isMissing(first + 2 * i)) {
                half.setMissing(i);
            } else {
                half.append(i, texts.text(first + 2 * i));
            }
        }
        return half;
    }
}
