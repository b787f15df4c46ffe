package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.freshet.event.Headers;
import io.freshet.memory.MemoryBudget;
import io.freshet.stage.QueueStage.Overflow;

class QueueStageTest {

    @Test
    void recordsForWhichThereIsNoMemoryAreTreatedLikeThoseBeyondTheLimit() {
        MemoryBudget budget = MemoryBudget.of(10_000);
        QueueStage blocking = new QueueStage(1_000, Overflow.BLOCK, 0, budget);
        StagePipeline oldest = Stages.chain(new QueueStage(1_000, Overflow.DROP_OLDEST, 0, MemoryBudget.of(10_000)));
        StagePipeline newest = Stages.chain(new QueueStage(1_000, Overflow.DROP_NEWEST, 0, MemoryBudget.of(10_000)));
        for (StagePipeline chain : List.of(Stages.chain(blocking), oldest, newest)) {
            chain.process(large(12), 0, 0);
        }

        assertThat(blocking.held()).as("nothing is lost").isEqualTo(12);
        assertThat(blocking.ahead()).as("but no more is asked for").isZero();
        assertThat(newest.statistics().get(0).dropped()).isEqualTo(oldest.statistics().get(0).dropped()).isBetween(2L, 5L);
        assertThat(oldest.process(List.of(), 0, 1).records()).singleElement()
                .returns(oldest.statistics().get(0).dropped(), StageRecord::position);
        assertThat(newest.process(List.of(), 0, 1).records()).singleElement().returns(0L, StageRecord::position);
        blocking.release();
        assertThat(budget.used()).isZero();
    }

    /** Records of a few thousand bytes each. */
    private static List<StageRecord> large(int records) {
        return IntStream.range(0, records)
                .mapToObj(i -> StageRecord.of(i, 0, new HashMap<>(Map.of("text", "x".repeat(1_000))))).toList();
    }

    @Test
    void recordsPassWhileThereIsRoomAndAreHeldBackInTheirOrderWhileThereIsNone() {
        StagePipeline chain = Stages.chain(new QueueStage(100, Overflow.BLOCK, 0));

        assertThat(process(chain, 0, 10, 10)).isEqualTo(range(0, 10));
        assertThat(process(chain, 10, 30, 0)).isEmpty();
        assertThat(chain.held()).isEqualTo(20);
        assertThat(process(chain, 30, 31, 15)).isEqualTo(range(10, 25));
        assertThat(process(chain, 0, 0, 15)).isEqualTo(range(25, 31));
        assertThat(process(chain, 31, 33, 1)).isEqualTo(range(31, 32));
        assertThat(positions(chain.finish(Stages.NOW))).isEqualTo(range(32, 33));
        assertThat(chain.held()).isZero();
    }

    @Test
    void eachStrategyDropsWhatItShould() {
        StagePipeline oldest = Stages.chain(new QueueStage(10, Overflow.DROP_OLDEST, 0));
        StagePipeline newest = Stages.chain(new QueueStage(10, Overflow.DROP_NEWEST, 0));
        StagePipeline sample = Stages.chain(new QueueStage(1_000, Overflow.SAMPLE, 0.1));

        process(oldest, 0, 25, 0);
        process(newest, 0, 25, 0);
        process(sample, 0, 11_000, 0);

        assertThat(process(oldest, 0, 0, 100)).isEqualTo(range(15, 25));
        assertThat(process(newest, 0, 0, 100)).isEqualTo(range(0, 10));
        assertThat(oldest.statistics().get(0).dropped()).isEqualTo(15);
        assertThat(sample.held()).isEqualTo(1_000);
        assertThat(sample.statistics().get(0).dropped()).isEqualTo(10_000);
        assertThat(process(sample, 0, 0, 2_000).stream().filter(position -> position >= 1_000)).hasSizeBetween(900, 1_000);
    }

    @Test
    void onlyWhatMayGoOnRunsAhead() {
        QueueStage blocking = new QueueStage(10, Overflow.BLOCK, 0);
        StagePipeline chain = Stages.chain(blocking);

        assertThat(chain.ahead()).isEqualTo(10);
        process(chain, 0, 7, 0);
        assertThat(chain.ahead()).isEqualTo(3);
        assertThat(Stages.chain(new QueueStage(10, Overflow.DROP_OLDEST, 0)).ahead()).isPositive();
        assertThat(Stages.chain(new Filter((fields, now) -> true)).ahead()).isZero();
    }

    @Test
    void whatItHoldsOutlivesARestart() {
        QueueStage before = new QueueStage(10, Overflow.BLOCK, 0);
        StagePipeline chain = Stages.chain(before);
        StageRecord record = Stages.record(7, "{'a': [1.5, 2.5, null, {'b': true}], 'c': 'text'}");
        record.setKey("k");
        record.setLabel("late");
        record.route(List.of("s"));
        chain.process(List.of(record), Stages.NOW, 0);

        QueueStage after = new QueueStage(10, Overflow.BLOCK, 0);
        after.restore(before.state());

        StageRecord restored = Stages.chain(after).process(List.of(), Stages.NOW).records().get(0);
        assertThat(restored.fields()).isEqualTo(record.fields());
        assertThat(restored.position()).isEqualTo(7);
        assertThat(restored.time()).isEqualTo(Stages.NOW);
        assertThat(restored.key()).isEqualTo("k");
        assertThat(restored.label()).isEqualTo("late");
        assertThat(restored.sinks()).containsExactly("s");
    }

    @Test
    void messagesKeepTheirPartitionHeadersAndKeysOverARestart() {
        byte[] key = { 0, (byte) 0xff };
        StageRecord record = Stages.record(7, "{'a': 1}");
        record.setKey(key);
        record.setPartition(3);
        record.setHeaders(Headers.of(List.of(Headers.Header.of("h", "v"), new Headers.Header("n", null))));
        StageRecord tombstone = StageRecord.tombstone(8, null, Stages.NOW);
        tombstone.setKey("k");
        QueueStage before = new QueueStage(10, Overflow.BLOCK, 0);
        Stages.chain(before).process(List.of(record, tombstone), Stages.NOW, 0);

        QueueStage after = new QueueStage(10, Overflow.BLOCK, 0);
        after.restore(before.state());

        List<StageRecord> restored = Stages.chain(after).process(List.of(), Stages.NOW).records();
        assertThat(restored).extracting(StageRecord::isTombstone).containsExactly(false, true);
        assertThat(restored.get(0).binaryKey()).isEqualTo(key);
        assertThat(restored.get(0).partition()).isEqualTo(3);
        assertThat(restored.get(0).headers()).isEqualTo(record.headers());
        assertThat(restored.get(1).key()).isEqualTo("k");
        assertThat(restored.get(1).headers()).isNull();
    }

    private static List<Long> process(StagePipeline chain, long from, long to, int room) {
        List<StageRecord> records = new ArrayList<>();
        for (long position = from; position < to; position++) {
            records.add(Stages.record(position, "{}"));
        }
        return positions(chain.process(records, Stages.NOW, room));
    }

    private static List<Long> positions(Processed processed) {
        return processed.records().stream().map(StageRecord::position).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
