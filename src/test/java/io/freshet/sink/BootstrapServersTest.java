package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1:%2$d", "127.0.0.1:%1$d,127.0.0.1:%2$d", " 127.0.0.1:%2$d , nowhere.invalid:%1$d",
            "nonsense,127.0.0.1:99999999999,127.0.0.1:70000,PLAINTEXT://localhost:%2$d" })
    void oneThatAnswersIsEnough(String servers) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            assertThat(answer(servers.formatted(closedPort(), server.getLocalPort()))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1:%1$d", "127.0.0.1:%1$d,localhost:%1$d", "nonsense", ",", "127.0.0.1:70000" })
    void noneAnswers(String servers) throws IOException {
        assertThat(answer(servers.formatted(closedPort()))).isFalse();
    }

    @Test
    void oneThatSaysNothingHoldsUpNoOther() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            long begun = System.nanoTime();
            // an address for documentation, that nobody has
            assertThat(answer("192.0.2.1:9092,127.0.0.1:" + server.getLocalPort())).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
        }
    }

    private static boolean answer(String servers) {
        return new BootstrapServers(servers).answer(PATIENCE).toCompletableFuture().join();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        }
    }
}
