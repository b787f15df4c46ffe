package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    private final Sink sink = new Sink() {
        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public synchronized CompletionStage<Delivery> deliver(Consignment consignment) {
            attempts.incrementAndGet();
            return answers.isEmpty() ? CompletableFuture.completedStage(otherwise) : answers.remove();
        }

        @Override
        public void close() {
            // nothing is open
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

        assertThat(deliver(guard(100))).isEqualTo(new Delivery.TransientFailure("no answer in time"));
    }

    @Test
    void opensAfterFiveConsecutiveFailuresAndStillSaysWhy() {
        otherwise = DOWN;
        GuardedSink guard = guard(5);
        deliver(guard);

        Delivery second = deliver(guard);

        assertThat(attempts).hasValue(5);
        assertThat(((Delivery.Failure) second).reason()).startsWith("left alone for a while").endsWith("down");
        assertThat(guard.breaker()).isEqualTo(BreakerState.OPEN);
        deliver(guard);
        assertThat(attempts).as("nothing goes through an open breaker").hasValue(5);
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
        long begun = System.nanoTime();

        deliver(GuardedSink.wrap(sink,
                new GuardSettings(Duration.ofSeconds(5), 3, Duration.ofMillis(100), 100, Duration.ZERO)));

        // 100 + 200 + 400 milliseconds, each give or take 50
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(545));
    }

    private GuardedSink guard(int breakerFailures) {
        return GuardedSink.wrap(sink, new GuardSettings(Duration.ofMillis(200), 3, Duration.ofMillis(4), breakerFailures,
                Duration.ofMillis(500)));
    }

    private static Delivery deliver(GuardedSink guard) {
        return guard.deliver(new Consignment(Batches.of(0, 1))).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
