package io.freshet.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.model.Conditions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.report.ShapeWatch;
import io.freshet.source.Source;
import io.freshet.source.model.ModelSource;
import io.freshet.source.model.ModelVersion;
import io.freshet.source.model.MonitoredSource;

/**
 * Drawing and encoding rows as a stream does, nanoseconds per row: with live scores ({@code scored}) it is to take less than
 * 2 % longer than without ({@code plain}). {@code look} is the cost of a row that is looked at.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
public class LiveScoreBenchmark {

    private static final int ROWS = 1_000;

    private final SynthesisModel model = ModelFitter.fit(BenchTable.read(50_000), SynthesisMethod.GAUSSIAN_COPULA);
    private final Drawing plain = new Drawing(source());
    private final Drawing scored = new Drawing(new MonitoredSource(source(), 2_000, System::nanoTime));
    private final ShapeWatch watch = ShapeWatch.of(model, Conditions.none());
    private final RecordBatch.Rows rows = (RecordBatch.Rows) source().next(0, ROWS, null);

    private ModelSource source() {
        return new ModelSource(new ModelVersion(1, model), Optional::empty,
                new ModelSource.Settings(1, Conditions.none(), ROWS, ROWS));
    }

    /** A source and where it is. */
    private static final class Drawing {
        private final Source source;
        private final JsonEncoder encoder = new JsonEncoder();
        private final EncodedRecords encoded = EncodedRecords.create();
        private @Nullable RecordBatch batch;
        private long next;

        Drawing(Source source) {
            this.source = source;
        }

        EncodedRecords draw() {
            batch = source.next(next, ROWS, batch);
            next += ROWS;
            encoder.encode(batch, null, encoded);
            return encoded;
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public EncodedRecords plain() {
        return plain.draw();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public EncodedRecords scored() {
        return scored.draw();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void look(Blackhole hole) {
        watch.look(rows.rows());
        hole.consume(watch);
    }
}
