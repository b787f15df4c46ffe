package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class GuardedSinkQuarkusTest {

    private static final Delivery DOWN = new Delivery.TransientFailure("down");
    private static final Delivery DENIED = new Delivery.PermanentFailure("denied");

    private final AtomicInteger attempts = new AtomicInteger();
    private final Deque<CompletionStage<Delivery>> answers = new ArrayDeque<>();
    private volatile Delivery otherwise = Delivery.delivered();
    private volatile Runnable onCall = () -> {
    };

    private final Sink sink = new Sink() {
        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public synchronized CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
            attempts.incrementAndGet();
            onCall.run();
            return answers.isEmpty() ? CompletableFuture.completedStage(otherwise) : answers.remove();
        }

        @Override
        public void close() {
            // nothing to close
        }
    };

    @Test
    void triesThreeTimesMoreAndThenSaysWhy() {
        otherwise = DOWN;

        assertThat(deliver(guard(100))).isEqualTo(DOWN);
        assertThat(attempts).hasValue(4);
    }

    @Test
    void isDeliveredWhenALaterAttemptWorks() {
        answers.add(CompletableFuture.completedStage(DOWN));
        answers.add(CompletableFuture.failedStage(new IllegalStateException("a defect")));

        assertThat(deliver(guard(100))).isEqualTo(Delivery.delivered());
        assertThat(attempts).hasValue(3);
    }

    @Test
    void doesNotRepeatWhatIsRefusedForGood() {
        otherwise = DENIED;
        GuardedSink guard = guard(2);

        for (int i = 0; i < 5; i++) {
            assertThat(deliver(guard)).isEqualTo(DENIED);
        }
        assertThat(attempts).as("the breaker stays closed").hasValue(5);
    }

    @Test
    void timesOutWhenThereIsNoAnswer() {
        for (int i = 0; i < 4; i++) {
            answers.add(new CompletableFuture<>());
        }

        assertThat(deliver(guard(100))).isEqualTo(new Delivery.TransientFailure("no answer within 200 ms"));
    }

    @Test
    void opensAfterFiveConsecutiveFailuresAndStillSaysWhy() {
        otherwise = DOWN;
        GuardedSink guard = guard(5);
        deliver(guard);

        Delivery second = deliver(guard);

        assertThat(attempts).hasValue(5);
        assertThat(((Delivery.Failure) second).reason())
                .isEqualTo("circuit breaker open after 5 consecutive failures; last: down");
        assertThat(guard.breaker()).isEqualTo(BreakerState.OPEN);
        deliver(guard);
        assertThat(attempts).as("nothing goes through an open breaker").hasValue(5);
    }

    @Test
    void anOpenBreakerSaysThatThereWasNoAnswer() {
        for (int i = 0; i < 5; i++) {
            answers.add(new CompletableFuture<>());
        }
        GuardedSink guard = guard(5);
        deliver(guard);

        assertThat(((Delivery.Failure) deliver(guard)).reason())
                .isEqualTo("circuit breaker open after 5 consecutive failures; last: no answer within 200 ms");
    }

    @Test
    void timesOutWhenACallBlocksThoughItCannotBeInterrupted() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        onCall = () -> {
            while (blocked.getCount() > 0) {
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        };
        GuardedSink guard = GuardedSink.wrap(sink,
                new GuardSettings(Duration.ofMillis(200), 1, Duration.ofMillis(4), 100, Duration.ZERO));

        assertThat(deliver(guard)).isEqualTo(
                new Delivery.TransientFailure("no answer within 200 ms: an earlier call has not returned"));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(attempts).as("no second call beside the one that is stuck").hasValue(1);

        blocked.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> deliver(guard) instanceof Delivery.Delivered);
    }

    @Test
    void saysWhatIsWrongFromTheFirstFailedAttemptUntilOneWorks() {
        otherwise = DOWN;
        GuardedSink guard = guard(100);
        assertThat(guard.problem()).isNull();
        deliver(guard);

        assertThat(guard.problem()).isNotNull().extracting(GuardedSink.Problem::reason).isEqualTo("down");

        otherwise = Delivery.delivered();
        deliver(guard);
        assertThat(guard.problem()).isNull();
    }

    @Test
    void closesAgainWhenAProbeWorks() {
        otherwise = DOWN;
        GuardedSink guard = guard(5);
        deliver(guard);
        deliver(guard);
        otherwise = Delivery.delivered();

        await().atMost(Duration.ofSeconds(10)).until(() -> deliver(guard) instanceof Delivery.Delivered);
        assertThat(deliver(guard)).isEqualTo(Delivery.delivered());
        assertThat(guard.breaker()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void waitsTwiceAsLongBeforeEachRepetition() {
        otherwise = DOWN;
        long startedAt = System.nanoTime();

        deliver(GuardedSink.wrap(sink,
                new GuardSettings(Duration.ofSeconds(5), 3, Duration.ofMillis(100), 100, Duration.ZERO)));

        // 100 + 200 + 400 milliseconds, each give or take 50
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isGreaterThan(Duration.ofMillis(545));
    }

    private GuardedSink guard(int breakerFailures) {
        return GuardedSink.wrap(sink, new GuardSettings(Duration.ofMillis(200), 3, Duration.ofMillis(4), breakerFailures,
                Duration.ofMillis(500)));
    }

    private static Delivery deliver(GuardedSink guard) {
        return guard.deliver(new BatchDelivery(Batches.of(0, 1))).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
