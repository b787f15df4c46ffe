package io.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.freshet.codec.RecordBatch;
import io.freshet.memory.MemoryBudget;
import io.freshet.source.PushResult.Failure;

class PushBufferTest {

    private static final byte[] RECORD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final long MILLI = 1_000_000;

    private final MemoryBudget memory = MemoryBudget.of(1 << 20);
    private final PushSource source = new PushSource(10, memory);

    private PushOffer offer(int records) {
        return buffer().offer(Collections.nCopies(records, RECORD), 0);
    }

    private CompletableFuture<PushResult> accepted(int records) {
        return ((PushOffer.Accepted) offer(records)).result().toCompletableFuture();
    }

    private PushBuffer buffer() {
        return source.pushes().orElseThrow();
    }

    private int take(long position, int wanted) {
        int available = source.available(position, wanted, Instant.EPOCH);
        return available == 0 ? 0 : source.next(position, available, null).size();
    }

    @Test
    void completesAPushWhenAllItsRecordsAreSettled() {
        CompletableFuture<PushResult> first = accepted(3);
        CompletableFuture<PushResult> second = accepted(2);
        assertThat(take(100, 4)).isEqualTo(4);

        buffer().settle(102, MILLI);
        assertThat(first).isNotDone();
        buffer().settle(104, 2 * MILLI);

        assertThat(first).isCompletedWithValue(new PushResult(3, 0, List.of(), 2));
        assertThat(second).isNotDone();
        take(104, 4);
        buffer().settle(105, 3 * MILLI);
        assertThat(second).isCompletedWithValue(new PushResult(2, 0, List.of(), 3));
        assertThat(memory.used()).isZero();
    }

    @Test
    void countsARecordThatFailsAtSeveralSinksOnce() {
        CompletableFuture<PushResult> push = accepted(3);
        take(0, 3);

        buffer().reject(1, "kafka", "too large");
        buffer().reject(1, "file", "no room");
        buffer().settle(3, 0);

        assertThat(push).isCompletedWithValue(new PushResult(2, 1, List.of(new Failure(1, "kafka", "too large")), 0));
    }

    @Test
    void listsAHundredFailuresAndCountsTheRest() {
        PushSource large = new PushSource(1000, memory);
        PushOffer.Accepted push = (PushOffer.Accepted) large.pushes().orElseThrow().offer(Collections.nCopies(500, RECORD), 0);
        large.close();

        PushResult result = push.result().toCompletableFuture().join();
        assertThat(result.failed()).isEqualTo(500);
        assertThat(result.failures()).hasSize(PushResult.MAX_FAILURES);
    }

    @Test
    void acceptsAllRecordsOfAPushOrNone() {
        accepted(8);

        assertThat(offer(3)).isInstanceOf(PushOffer.Full.class);
        assertThat(offer(11)).isEqualTo(new PushOffer.TooLarge("10 records"));
        assertThat(offer(2)).isInstanceOf(PushOffer.Accepted.class);
        assertThat(buffer().isFull()).isTrue();
        assertThat(buffer().status()).isEqualTo(new PushStatus(10, 1, 10, 10L * RECORD.length, 10, 1));
    }

    @Test
    void isFullUntilSinksAcknowledgeTheRecords() {
        accepted(10);
        take(0, 10);
        assertThat(offer(1)).isInstanceOf(PushOffer.Full.class);

        buffer().settle(1, 0);

        assertThat(offer(1)).isInstanceOf(PushOffer.Accepted.class);
    }

    @Test
    void rejectsRecordsThatExceedTheMemoryBudget() {
        MemoryBudget.Account other = memory.open();
        accepted(1);
        other.add(memory.capacity() - RECORD.length);

        assertThat(offer(1)).isInstanceOf(PushOffer.Full.class);
        other.close();
        assertThat(offer(1)).isInstanceOf(PushOffer.Accepted.class);
    }

    @Test
    void reportsRecordsThatAreNotDeliveredBeforeTheEnd() {
        CompletableFuture<PushResult> push = accepted(3);
        take(0, 2);
        buffer().settle(1, 0);

        source.close();

        PushResult result = push.join();
        assertThat(result.processed()).isEqualTo(1);
        assertThat(result.failures()).extracting(Failure::record, Failure::component).containsExactly(
                tuple(1, "stream"), tuple(2, "stream"));
        assertThat(offer(1)).isInstanceOf(PushOffer.Closed.class);
        assertThat(memory.used()).isZero();
    }

    @Test
    void anotherSourceContinuesWithTheRecordsInFlight() {
        CompletableFuture<PushResult> push = accepted(5);
        take(40, 4);
        PushBuffer carried = buffer();
        carried.settle(41, 0);
        carried.carry();
        source.close();
        PushSource next = new PushSource(10, memory);

        next.adopt(carried, 41);
        source.close();

        RecordBatch again = next.next(41, next.available(41, 100, Instant.EPOCH), null);
        assertThat(again.size()).isEqualTo(4);
        assertThat(push).isNotDone();
        next.settled(45);
        assertThat(push.join().processed()).isEqualTo(5);
    }
}
