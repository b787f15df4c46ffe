package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.freshet.dev.LocalRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class RedisShelfTest {

    private Vertx vertx;
    private LocalRedis server;
    private Redis client;
    private RedisShelf shelf;

    @BeforeEach
    void begin() {
        vertx = Vertx.vertx();
        server = LocalRedis.start(0);
        client = Redis.createClient(vertx, server.address());
        shelf = new RedisShelf(() -> client, "freshet:things");
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
        vertx.close();
    }

    @Test
    void keepsThingsByTheirNames() throws IOException {
        shelf.write("b", out -> out.write("one".getBytes(StandardCharsets.UTF_8)));
        shelf.write("a", out -> out.write(new byte[3 << 20]));
        shelf.write("b", out -> out.write("two".getBytes(StandardCharsets.UTF_8)));

        assertThat(shelf.names()).containsExactly("a", "b");
        assertThat(shelf.read("a").orElseThrow().contents().readAllBytes()).hasSize(3 << 20);
        Shelf.Kept kept = shelf.read("b").orElseThrow();
        assertThat(kept.contents().readAllBytes()).isEqualTo("two".getBytes(StandardCharsets.UTF_8));
        assertThat(Duration.between(kept.changedAt(), Instant.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(shelf.changes()).containsOnlyKeys("a", "b").containsEntry("b", kept.changedAt());
        shelf.delete("b");
        assertThat(shelf.read("b")).isEmpty();
        assertThat(shelf.changes()).containsOnlyKeys("a");
    }

    @Test
    void ofSeveralThatWriteSomethingNewOneDoes() throws IOException {
        assertThat(shelf.writeNew("a", out -> out.write(1))).isTrue();
        assertThat(shelf.writeNew("a", out -> out.write(2))).isFalse();

        assertThat(shelf.read("a").orElseThrow().contents().readAllBytes()).containsExactly(1);
        assertThat(shelf.changes()).containsOnlyKeys("a");
    }

    @Test
    void saysWhenItDoesNotAnswer() {
        server.close();

        assertThatThrownBy(() -> shelf.write("a", out -> out.write(1))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Redis does not answer");
        server = LocalRedis.start(0);
    }
}
