package io.freshet.bench;

import java.time.Instant;
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

import io.freshet.event.JsonEventBuffer;
import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.ParameterFile;
import io.freshet.retail.RetailEvent;
import io.freshet.retail.RetailSimulation;

/**
 * Events of the default chain per second, on one core: {@code simulatedAndEncoded} is to be at least 500 000 per second;
 * {@code simulated} says what of that is not encoding.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 9, time = 2)
public class RetailBenchmark {

    private static final int EVENTS = 256;

    private final Chain chain = Chain.generate(ParameterFile.defaults(), ChainSize.DEFAULT, 42);
    private final RetailSimulation simulation = RetailSimulation.of(chain, Instant.parse("2026-03-18T00:00:00Z"));
    private final JsonEventBuffer written = JsonEventBuffer.create();

    @Setup
    public void describe() {
        simulatedAndEncoded();
        System.out.println("bytes per event: " + written.end(EVENTS - 1) / EVENTS);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public JsonEventBuffer simulatedAndEncoded() {
        written.clear();
        for (int i = 0; i < EVENTS; i++) {
            simulation.next().writeTo(written);
        }
        return written;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public RetailEvent simulated() {
        RetailEvent last = simulation.next();
        for (int i = 1; i < EVENTS; i++) {
            last = simulation.next();
        }
        return last;
    }
}
