package io.freshet.bench;

import java.util.List;
import java.util.Map;
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

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.FitOptions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.RowBatch;
import io.freshet.table.TableSample;

/**
 * Drawing rows into columns, nanoseconds per row: {@code columns} is to be at least six times as fast as {@code textbook}, and
 * rows with conditions, however rare, at least an eighth as fast as rows without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
public class GenerateBenchmark {

    private static final int ROWS = 1_000;
    private static final long FAR = 1L << 60;

    private final TableSample sample = BenchTable.read(50_000);
    private final SynthesisModel one = ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA,
            new FitOptions(false, List.of()));
    private final SynthesisModel strata = ModelFitter.fit(sample, SynthesisMethod.GAUSSIAN_COPULA);
    private final Drawing columns = new Drawing(one, Conditions.none());
    private final Drawing far = new Drawing(one, Conditions.none(), FAR);
    private final Drawing inStrata = new Drawing(strata, Conditions.none());
    private final Drawing usual = new Drawing(one, where(Map.of("age", Map.of("gt", 45))));
    private final Drawing rare = new Drawing(one, where(Map.of("age", Map.of("gt", 60), "amount", Map.of("lt", 60))));
    private final Drawing veryRare = new Drawing(one,
            where(Map.of("age", Map.of("gt", 70), "amount", Map.of("lt", 25), "region", "West")));
    private final TextbookCopula textbook = new TextbookCopula(sample);
    private final RowBatch textbookRows = columns.generator.newBatch(ROWS);

    /** A generator and where it is. */
    private static final class Drawing {
        private final RowGenerator generator;
        private final RowBatch batch;
        private long next;

        Drawing(SynthesisModel model, Conditions conditions) {
            this(model, conditions, 0);
        }

        Drawing(SynthesisModel model, Conditions conditions, long first) {
            generator = model.generator(1, conditions);
            batch = generator.newBatch(ROWS);
            next = first;
        }

        RowBatch draw() {
            generator.fill(batch, next, ROWS);
            next += ROWS;
            return batch;
        }
    }

    private static Conditions where(Map<String, ?> json) {
        return ConditionParser.parse(json);
    }

    @Setup
    public void print() {
        for (Map<String, ?> json : java.util.List.of(Map.of("age", Map.of("gt", 45)),
                Map.of("age", Map.of("gt", 60), "amount", Map.of("lt", 60)),
                Map.of("age", Map.of("gt", 70), "amount", Map.of("lt", 25), "region", "West"))) {
            System.out.println("probability of " + json + ": " + one.probability(where(json)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch columns() {
        return columns.draw();
    }

    /** From the 2^60th row on. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch columnsFarAway() {
        return far.draw();
    }

    /** With the strata that were found. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch columnsInStrata() {
        return inStrata.draw();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch conditionUsual() {
        return usual.draw();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch conditionRare() {
        return rare.draw();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch conditionVeryRare() {
        return veryRare.draw();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBatch textbook() {
        textbook.fill(textbookRows, ROWS);
        return textbookRows;
    }
}
