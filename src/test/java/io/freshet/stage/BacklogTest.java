package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.freshet.stage.Backlog.Overflow;

class BacklogTest {

    @Test
    void recordsPassWhileThereIsRoomAndAreHeldBackInTheirOrderWhileThereIsNone() {
        StageChain chain = Stages.chain(new Backlog(100, Overflow.BLOCK, 0));

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
        StageChain oldest = Stages.chain(new Backlog(10, Overflow.DROP_OLDEST, 0));
        StageChain newest = Stages.chain(new Backlog(10, Overflow.DROP_NEWEST, 0));
        StageChain sample = Stages.chain(new Backlog(1_000, Overflow.SAMPLE, 0.1));

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
        Backlog blocking = new Backlog(10, Overflow.BLOCK, 0);
        StageChain chain = Stages.chain(blocking);

        assertThat(chain.ahead()).isEqualTo(10);
        process(chain, 0, 7, 0);
        assertThat(chain.ahead()).isEqualTo(3);
        assertThat(Stages.chain(new Backlog(10, Overflow.DROP_OLDEST, 0)).ahead()).isPositive();
        assertThat(Stages.chain(new Filter((fields, now) -> true)).ahead()).isZero();
    }

    @Test
    void whatItHoldsOutlivesARestart() {
        Backlog before = new Backlog(10, Overflow.BLOCK, 0);
        StageChain chain = Stages.chain(before);
        StageRecord record = Stages.record(7, "{'a': [1.5, 2.5, null, {'b': true}], 'c': 'text'}");
        record.setKey("k");
        record.setLabel("late");
        record.route(List.of("s"));
        chain.process(List.of(record), Stages.NOW, 0);

        Backlog after = new Backlog(10, Overflow.BLOCK, 0);
        after.restore(before.state());

        StageRecord restored = Stages.chain(after).process(List.of(), Stages.NOW).records().get(0);
        assertThat(restored.fields()).isEqualTo(record.fields());
        assertThat(restored.position()).isEqualTo(7);
        assertThat(restored.time()).isEqualTo(Stages.NOW);
        assertThat(restored.key()).isEqualTo("k");
        assertThat(restored.label()).isEqualTo("late");
        assertThat(restored.sinks()).containsExactly("s");
    }

    private static List<Long> process(StageChain chain, long from, long to, int room) {
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
