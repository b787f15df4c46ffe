package io.freshet.kafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.kafka.KafkaConnection;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.FailureCode;
import io.freshet.sink.Sink;

/** The channel of records with its connector, and destinations that answer as the test wants. */
class RecordsChannelTest {

    private final RecordsChannel channel = ConnectedChannels
            .records(new KafkaConnection(Map.of(), Map.of(), Optional.empty()));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aDeliveryIsCompleteWhenTheConnectorHasAnswered() {
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        CompletableFuture<Delivery> delivery = channel.to(new Destination(() -> answer)).deliver(batch()).toCompletableFuture();

        assertThat(delivery).isNotDone();
        answer.complete(Delivery.delivered());
        assertThat(delivery).isCompletedWithValue(Delivery.delivered());
    }

    @Test
    void aRejectedMessageSaysWhatFailed() {
        Delivery.Failure refused = new Delivery.PermanentFailure(FailureCode.SCHEMA_REJECTED, "no such schema");
        assertThat(channel.to(new Destination(() -> CompletableFuture.completedStage(refused))).deliver(batch())
                .toCompletableFuture()).isCompletedWithValue(refused);
        assertThat(channel.to(new Destination(() -> CompletableFuture.failedStage(new IllegalStateException("closed"))))
                .deliver(batch()).toCompletableFuture())
                .isCompletedWithValue(new Delivery.TransientFailure("closed"));
    }

    @Test
    void aTopicThatBlocksDelaysNoOther() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        Future<Delivery> slow = threads.submit(() -> channel.to(new Destination(() -> {
            reached.countDown();
            await(blocked);
            return CompletableFuture.completedStage(Delivery.delivered());
        })).deliver(batch()).toCompletableFuture().join());
        await(reached);

        assertThat(channel.to(new Destination(() -> CompletableFuture.completedStage(Delivery.delivered()))).deliver(batch())
                .toCompletableFuture()).isCompletedWithValue(Delivery.delivered());
        assertThat(slow.isDone()).isFalse();
        blocked.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Delivery.delivered());
    }

    @Test
    void batchesOfManyStreamsAreSentByTheThreadsThatDeliverThem() throws Exception {
        List<Future<Boolean>> streams = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> {
            Thread own = Thread.currentThread();
            for (int batch = 0; batch < 2_000; batch++) {
                CompletableFuture<Thread> sender = new CompletableFuture<>();
                channel.to(new Destination(() -> {
                    sender.complete(Thread.currentThread());
                    return CompletableFuture.completedStage(Delivery.delivered());
                })).deliver(batch()).toCompletableFuture().get(10, TimeUnit.SECONDS);
                if (sender.getNow(null) != own) {
                    return false;
                }
            }
            return true;
        })).toList();
        for (Future<Boolean> stream : streams) {
            assertThat(stream.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BatchDelivery batch() {
        return new BatchDelivery(new DeadLetter(new DeadLetter.Address("s", 0, "kafka", DeadLetter.KAFKA, "t"),
                new DeadLetter.Cause(FailureCode.REJECTED, "", 1, Instant.EPOCH), null, new byte[] { 1 }).asBatch());
    }

    private record Destination(Supplier<CompletionStage<Delivery>> answer) implements Sink {

        @Override
        public String kind() {
            return DeadLetter.KAFKA;
        }

        @Override
        public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
            return answer.get();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
