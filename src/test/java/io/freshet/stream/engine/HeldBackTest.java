package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.deadletter.KeptLetters;
import io.freshet.retry.Backoff;
import io.freshet.sink.Delivery;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.source.pattern.PatternSource;
import io.freshet.stage.Filter;
import io.freshet.stage.NamedStage;
import io.freshet.stage.OnError;
import io.freshet.stage.QueueStage;
import io.freshet.stage.StagePipeline;
import io.freshet.store.StageStates;
import io.freshet.stream.Definitions;
import io.freshet.stream.RecordingSink;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;

/** A stream that continues while its sink is down, on virtual time. */
@Timeout(60)
class HeldBackTest {

    private static final Delivery DOWN = new Delivery.TransientFailure("it is down");

    private final VirtualTime time = new VirtualTime();
    private final RecordingSink sink = new RecordingSink(time);
    private long seenBefore;
    private long seenBehind;

    @Test
    void stagesBeforeAQueueContinueAndItsStrategyDropsTheOldestRecords() {
        Stream stream = run(QueueStage.Overflow.DROP_OLDEST);

        assertThat(seenBefore).as("during the outage").isBetween(9_000L, 11_100L);
        assertThat(seenBehind).isLessThan(3_500);
        List<Long> positions = positions();
        assertThat(positions).isSorted().doesNotHaveDuplicates().contains(19_999L, 10_500L).doesNotContain(5_000L);
        long dropped = stream.statistics().stages().get(1).dropped();
        assertThat(dropped).isPositive();
        assertThat(positions.size() + dropped).isEqualTo(20_000);
    }

    @Test
    void aBlockingQueueLosesNothingAndHoldsTheSourceUpWhenItIsFull() {
        Stream stream = run(QueueStage.Overflow.BLOCK);

        assertThat(seenBefore).as("during the outage").isBetween(3_500L, 5_500L);
        assertThat(stream.statistics().stages().get(1).counts().get("most_held")).isBetween(1_500L, 2_100L);
        assertThat(positions()).isEqualTo(LongStream.range(0, 20_000).boxed().toList());
    }

    @Test
    void recordsHeldBackWhenTheStreamStopsAreDeliveredWhenItResumes() {
        sink.delays = position -> Duration.ofSeconds(2);
        StagePipeline chain = chain(QueueStage.Overflow.BLOCK);
        Stream stopped = stream(chain, 0);
        time.after(Duration.ofSeconds(10), stopped::stop);
        stopped.run();
        assertThat(chain.held()).isPositive();
        assertThat(positions()).hasSizeLessThan((int) stopped.position());

        goOn(stopped);

        assertThat(positions()).isEqualTo(LongStream.range(0, 20_000).boxed().toList());
    }

    @Test
    void recordsHeldBackWhenTheStreamStopsDuringAnOutageAreDeliveredWhenItResumes() {
        sink.outcomes = position -> time.seconds() > 1 && time.seconds() < 12 ? DOWN : Delivery.delivered();
        StagePipeline chain = chain(QueueStage.Overflow.BLOCK);
        Stream stopped = stream(chain, 0);
        time.after(Duration.ofMillis(500), () -> stopped.snapshots().request());
        time.after(Duration.ofSeconds(11), stopped::stop);
        stopped.run();
        assertThat(chain.held()).isPositive();

        time.park(Duration.ofSeconds(2).toNanos());
        goOn(stopped);

        assertThat(positions().stream().distinct().toList()).isEqualTo(LongStream.range(0, 20_000).boxed().toList());
    }

    /** Starts another stream as {@link StateRestorer} would. */
    private void goOn(Stream stopped) {
        StageStates.State state = stopped.snapshots().usable().orElseThrow();
        StagePipeline chain = chain(QueueStage.Overflow.BLOCK);
        chain.restore(state.bytes());
        stream(chain, state.position()).run();
    }

    /** Emits 20,000 records at 1,000 per second; nothing is delivered from the second second to the twelfth. */
    private Stream run(QueueStage.Overflow overflow) {
        sink.outcomes = position -> time.seconds() > 1 && time.seconds() < 12 ? DOWN : Delivery.delivered();
        StagePipeline chain = chain(overflow);
        time.after(Duration.ofSeconds(11), () -> {
            seenBefore = chain.statistics().get(0).in();
            seenBehind = chain.statistics().get(2).in();
        });
        Stream stream = stream(chain, 0);
        stream.run();
        return stream;
    }

    private StagePipeline chain(QueueStage.Overflow overflow) {
        return new StagePipeline(List.of(
                new NamedStage("before", "filter", new Filter((fields, now) -> true), OnError.DEAD_LETTER),
                new NamedStage("queue", "queue", new QueueStage(2_000, overflow, 0.1), OnError.DEAD_LETTER),
                new NamedStage("behind", "filter", new Filter((fields, now) -> true), OnError.DEAD_LETTER)), time::nanos);
    }

    private Stream stream(StagePipeline chain, long from) {
        StreamDefinition definition = StreamDefinition.parse(Definitions
                .yaml("""
                        {name: test, source: {pattern: {}}, pace: {recordsPerSecond: 1000, maxRecords: 20000}, sinks: [{websocket: {}}]}"""));
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(100)), new KeptLetters(), StreamMetrics.NONE,
                time,
                Runnable::run);
        SinkTask run = new SinkTask("test", "recording", sink,
                new QueueSettings(1_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()), sinkContext);
        return new Stream(definition,
                new Stream.Parts(new PatternSource(1, Stream.MAX_BATCH_RECORDS),
                        new StageExecutor("test", chain, Set.of(), new KeptLetters(), time),
                        List.of(run), StreamMetrics.NONE, batch -> {
                        }, time),
                from, StreamState.RUNNING);
    }

    private List<Long> positions() {
        return sink.arrivals.stream().map(arrival -> Long.valueOf(arrival.json().replaceAll(".*\"sequence\":(\\d+).*", "$1")))
                .toList();
    }
}
