package io.freshet.bench;

import java.util.Arrays;
import java.util.Locale;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.RowBatch;

/**
 * The rates of the modelling core, without a benchmark framework, so that the same code can be timed on the JVM and compiled to
 * a native binary: medians over rounds, nanoseconds per row, one thread, and a digest by which the two can be seen to make the
 * same bytes.
 */
public final class CoreRates {

    private static final int ROWS = 1_000;
    private static final int BATCHES = 500;
    private static final int ROUNDS = 25;

    private final RowGenerator generator;
    private final RowBatch batch;
    private final RecordBatch records;
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private long position;
    private long digest;

    private CoreRates() {
        SynthesisModel model = ModelFitter.fit(BenchTable.read(50_000), SynthesisMethod.GAUSSIAN_COPULA);
        generator = model.generator(1, Conditions.none());
        batch = generator.newBatch(ROWS);
        records = new RecordBatch.Rows(batch);
    }

    public static void main(String[] args) {
        CoreRates rates = new CoreRates();
        rates.generate();
        rates.encode();
        rates.look();
        System.out.printf(Locale.ROOT, "generate %.1f  encode %.1f  both %.1f  digest %016x%n", median(rates::generate),
                median(rates::encode), median(rates::both), rates.digest);
    }

    private static double median(Runnable work) {
        double[] nanos = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long startedAt = System.nanoTime();
            for (int i = 0; i < BATCHES; i++) {
                work.run();
            }
            nanos[round] = (System.nanoTime() - startedAt) / (double) (BATCHES * ROWS);
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }

    private void generate() {
        generator.fill(batch, position, ROWS);
        position += ROWS;
    }

    private void encode() {
        encoder.encode(records, null, encoded);
    }

    private void both() {
        generate();
        encode();
    }

    private void look() {
        for (int i = 0; i < encoded.used(); i++) {
            digest = digest * 31 + encoded.bytes()[i];
        }
    }
}
