package io.freshet.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SharedWorkTest {

    private static final int ITEMS = 500;

    @Test
    void eachResultIsComputedOnce() {
        AtomicIntegerArray computed = new AtomicIntegerArray(ITEMS);

        List<Integer> results;
        try (SharedWork<Integer> work = SharedWork.of(ThreadKind.FIT, ITEMS, item -> {
            computed.incrementAndGet(item);
            return 3 * item;
        })) {
            results = IntStream.range(0, ITEMS).mapToObj(work::get).toList();
        }

        assertThat(results).isEqualTo(IntStream.range(0, ITEMS).mapToObj(item -> 3 * item).toList());
        assertThat(IntStream.range(0, ITEMS).map(computed::get)).allMatch(times -> times == 1);
    }

    @Test
    void theCallerGetsTheExceptionOfAnItem() {
        try (SharedWork<Integer> work = SharedWork.of(ThreadKind.FIT, 10, item -> {
            if (item == 4) {
                throw new IllegalArgumentException("item 4");
            }
            return item;
        })) {
            assertThat(work.get(3)).isEqualTo(3);
            assertThatThrownBy(() -> work.get(4)).isInstanceOf(IllegalArgumentException.class).hasMessage("item 4");
        }
    }

    @Test
    void anInterruptIsKeptAndTheResultToo() {
        try (SharedWork<Integer> work = SharedWork.of(ThreadKind.FIT, 2, item -> item)) {
            Thread.currentThread().interrupt();

            assertThat(work.get(1)).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void helpersEndWhenTheWorkIsClosed() {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicIntegerArray computed = new AtomicIntegerArray(ITEMS);
        try (SharedWork<Integer> work = SharedWork.of(ThreadKind.FIT, ITEMS, item -> {
            computed.incrementAndGet(item);
            if (item > 0) {
                awaited(closed);
            }
            return item;
        })) {
            assertThat(work.get(0)).isZero();
        }
        closed.countDown();

        await().until(() -> Threads.running(ThreadKind.FIT) == 0);
        assertThat(IntStream.range(0, ITEMS).map(computed::get).sum()).isLessThan(ITEMS);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
