package io.freshet.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.RowBatch;
import io.freshet.table.TableSample;

/**
 * From a model to JSON, nanoseconds per row: {@code model} is to be at least nine times as fast as {@code naiveService} and
 * three and a half times as fast as {@code modelWithJackson}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
public class JsonEndToEndBenchmark {

    private static final int ROWS = 1_000;

    private final TableSample sample = BenchTable.read(50_000);
    private final SynthesisModel model = ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA);
    private final RowGenerator generator = model.generator(1, Conditions.none());
    private final RowBatch batch = generator.newBatch(ROWS);
    private final RecordBatch records = new RecordBatch.Rows(batch);
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final StreamingJackson streaming = new StreamingJackson(batch);
    private final TextbookCopula textbook = new TextbookCopula(sample);
    private final MappedJackson mapped = new MappedJackson(batch);
    private long next;

    private void draw() {
        generator.fill(batch, next, ROWS);
        next += ROWS;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public EncodedRecords model() {
        draw();
        encoder.encode(records, null, encoded);
        return encoded;
    }

    /** The same columns, written by Jackson's streaming generator. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int modelWithJackson() throws IOException {
        draw();
        return streaming.encode();
    }

    /** A copula as textbooks have it, a map for each row, an ObjectMapper. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int naiveService() throws IOException {
        batch.hold(0, ROWS);
        textbook.fill(batch, ROWS);
        return mapped.encode();
    }
}
