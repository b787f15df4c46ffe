package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.freshet.dev.LocalRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

class RedisBlobStoreTest extends ShelfContract {

    private LocalRedis server;
    private Vertx vertx;
    private Redis client;
    private RedisBlobStore shelf;

    @BeforeEach
    void begin() {
        server = LocalRedis.start(0);
        vertx = Vertx.vertx();
        client = Redis.createClient(vertx, server.address());
        shelf = new RedisBlobStore(() -> client, "freshet:things");
    }

    @AfterEach
    void end() {
        client.close();
        vertx.close();
        server.close();
    }

    @Override
    BlobStore shelf() {
        return shelf;
    }

    @Test
    void saysWhenTheServerHasNoRoomAndWritesNothing() {
        write("a", "before");
        client.send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("1")).toCompletionStage()
                .toCompletableFuture().join();

        assertThatThrownBy(() -> write("b", "x".repeat(1000))).isInstanceOf(StoreFullException.class);

        assertThat(shelf.names()).containsExactly("a");
    }

    @Test
    void saysWhenTheServerIsGone() {
        server.close();

        assertThatThrownBy(shelf::names).isInstanceOf(UncheckedIOException.class).hasMessageContaining("does not answer");
    }
}
