package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.freshet.event.FieldPath;
import io.freshet.memory.MemoryBudget;

class RecentRecordsTest {

    @Test
    void theOldestRecordsGoWhenMemoryIsShort() {
        MemoryBudget budget = MemoryBudget.of(10_000);
        RecentRecords buffer = new RecentRecords("buffer", 1_000, 60_000, budget);
        List<StageRecord> large = IntStream.range(0, 20)
                .mapToObj(i -> StageRecord.of(i, 0, new HashMap<>(Map.of("text", "x".repeat(1_000))))).toList();

        Stages.chain(buffer).process(large, 0);

        assertThat(budget.used()).isLessThanOrEqualTo(10_000);
        assertThat(buffer.last(100, 0)).hasSizeBetween(5, 10).first().returns("19", RecentRecords.Seen::id);
        assertThat(buffer.counts().get("pushed_out")).isEqualTo(20 - buffer.last(100, 0).size());
        buffer.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatStagesBehindChangeStaysInTheBufferAsItWas() {
        RecentRecords buffer = new RecentRecords("buffer", 10, 60_000);
        StagePipeline chain = Stages.chain(buffer,
                new Transform(List.of(Operation.set(FieldPath.of("payload.total"), "none"),
                        Operation.set(FieldPath.of("payload.line.price"), "none"),
                        Operation.remove(FieldPath.of("lines.0.id")))));

        Processed processed = chain.process(
                List.of(Stages.record(0, "{'payload': {'total': 12.5, 'line': {'price': 1.5}}, 'lines': [{'id': 'x'}]}")),
                Stages.NOW);

        assertThat(Stages.fields(processed))
                .containsExactly(Stages.fields("{'payload': {'total': 'none', 'line': {'price': 'none'}}, 'lines': [{}]}"));
        assertThat(buffer.last(1, 0)).singleElement().satisfies(seen -> assertThat(seen.fields())
                .isEqualTo(Stages.fields("{'payload': {'total': 12.5, 'line': {'price': 1.5}}, 'lines': [{'id': 'x'}]}")));
    }

    @Test
    void resultsOfWindowsStayAsTheyWere() {
        Aggregation sum = new Aggregation(
                List.of(new Aggregation.Field("v", FieldPath.of("v"), List.of(Measure.find("sum").orElseThrow()))));
        CountWindow window = new CountWindow(new WindowSettings("w", null, sum, 10, null), 1, 1);
        StagePipeline chain = Stages.chain(window, new Transform(List.of(Operation.set(FieldPath.of("v.sum"), 0L))));

        Processed processed = chain.process(List.of(Stages.record(0, "{'v': 2.5}")), Stages.NOW);

        assertThat(processed.records().get(0).fields()).extracting("v").asString().isEqualTo("{sum=0}");
        assertThat(window.results(null, 1)).singleElement()
                .satisfies(result -> assertThat(result.measures()).extracting("v").asString().isEqualTo("{sum=2.5}"));
    }
}
