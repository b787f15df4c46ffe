package io.freshet.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadsTest {

    private final CountDownLatch end = new CountDownLatch(1);

    private void waitForEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aThreadIsNamedAfterItsKindAndOwnerAndCountedWhileItRuns() throws Exception {
        int before = Threads.running(ThreadKind.DELETE);
        Thread thread = Threads.create(ThreadKind.DELETE, "orders", this::waitForEnd);
        assertThat(thread.getName()).isEqualTo("delete-orders");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(Threads.running(ThreadKind.DELETE)).isEqualTo(before);

        thread.start();
        await().until(() -> Threads.running(ThreadKind.DELETE) == before + 1);
        end.countDown();
        thread.join();

        assertThat(Threads.running(ThreadKind.DELETE)).isEqualTo(before);
    }

    @Test
    void theThreadOfAnExecutorIsCountedUntilTheExecutorEnds() throws Exception {
        int before = Threads.running(ThreadKind.DELETE);
        ExecutorService executor = Threads.single(ThreadKind.DELETE);
        assertThat(executor.submit(() -> Thread.currentThread().getName()).get()).isEqualTo("delete");
        assertThat(Threads.running(ThreadKind.DELETE)).isEqualTo(before + 1);

        executor.shutdown();

        await().until(() -> Threads.running(ThreadKind.DELETE) == before);
    }

    @Test
    void theArchitecturePageDescribesEachKind() throws IOException {
        String page = Files.readString(Path.of("src/main/docs/explanation/architecture.md"));
        assertThat(Arrays.stream(ThreadKind.values()).map(ThreadKind::id))
                .allMatch(id -> page.contains("| `" + id + "` |") || page.contains("| `" + id + "-NAME` |"));
    }
}
