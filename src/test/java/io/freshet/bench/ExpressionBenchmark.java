package io.freshet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

import io.freshet.event.FieldPath;
import io.freshet.stage.Comparison;
import io.freshet.stage.Condition;
import io.freshet.stage.Expression;
import io.freshet.stage.Operator;

/** Nanoseconds for one record of the same question, asked with operators and as an expression; and of a computed field. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpressionBenchmark {

    private static final int RECORDS = 1_000;

    private final List<Map<String, @Nullable Object>> records = new ArrayList<>();
    private final Condition operators = Condition.all(List.of(
            Comparison.of(FieldPath.of("event_type"), Operator.EQUALS, "purchase"),
            Comparison.of(FieldPath.of("value"), Operator.GREATER_THAN, 5.0)));
    private final Condition expression = Condition.of(Expression.of("event_type == 'purchase' && value > 5.0"));
    private final Expression computed = Expression.of("value * 2.0 + double(sequence)");

    public ExpressionBenchmark() {
        for (int i = 0; i < RECORDS; i++) {
            records.add(new LinkedHashMap<>(Map.of("event_type", i % 3 == 0 ? "view" : "purchase", "value", i % 97 / 3.0,
                    "sequence", (long) i, "user_id", "user-" + i % 100)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int operators() {
        return count(operators);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int expression() {
        return count(expression);
    }

    private int count(Condition condition) {
        int count = 0;
        for (Map<String, @Nullable Object> record : records) {
            count += condition.test(record, 0) ? 1 : 0;
        }
        return count;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public double computed() {
        double sum = 0;
        for (Map<String, @Nullable Object> record : records) {
            sum += computed.of(record, 0) instanceof Double number ? number : 0;
        }
        return sum;
    }
}
