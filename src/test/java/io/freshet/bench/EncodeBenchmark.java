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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordWriter;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.RowBatch;

/**
 * Encoding only, nanoseconds per row: {@code columns} is to be at least eight times as fast as {@code jacksonStreaming} and to
 * take at most sixteen times as long as {@code memcpy} of the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
public class EncodeBenchmark {

    private static final int ROWS = 1_000;

    private final RowBatch batch = rows();
    private final RecordBatch records = new RecordBatch.Rows(batch);
    private final JsonEncoder encoder = new JsonEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private final StreamingJackson streaming = new StreamingJackson(batch);
    private final MappedJackson mapped = new MappedJackson(batch);
    private byte[] text = {};
    private byte[] copy = {};

    /** As a model gives them. */
    private static RowBatch rows() {
        SynthesisModel model = ModelFitter.fit(BenchTable.read(50_000), SynthesisMethod.GAUSSIAN_COPULA);
        RowGenerator generator = model.generator(1, Conditions.none());
        RowBatch batch = generator.newBatch(ROWS);
        generator.fill(batch, 0, ROWS);
        return batch;
    }

    @Setup
    public void prepare() {
        encoder.encode(records, null, encoded);
        text = RecordWriter.NDJSON.write(encoded, true);
        copy = new byte[text.length];
        System.out.println("bytes per row: " + text.length / ROWS);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public EncodedRecords columns() {
        encoder.encode(records, null, encoded);
        return encoded;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int jacksonStreaming() throws IOException {
        return streaming.encode();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int jacksonMaps() throws IOException {
        return mapped.encode();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public byte[] memcpy() {
        System.arraycopy(text, 0, copy, 0, text.length);
        return copy;
    }
}
