package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.freshet.dev.LocalRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class RedisShelfTest extends ShelfContract {

    private LocalRedis server;
    private Vertx vertx;
    private Redis client;
    private RedisShelf shelf;

    @BeforeEach
    void begin() {
        server = LocalRedis.start(0);
        vertx = Vertx.vertx();
        client = Redis.createClient(vertx, server.address());
        shelf = new RedisShelf(() -> client, "freshet:things");
    }

    @AfterEach
    void end() {
        client.close();
        vertx.close();
        server.close();
    }

    @Override
    Shelf shelf() {
        return shelf;
    }

    @Test
    void saysWhenTheServerIsGone() {
        server.close();

        assertThatThrownBy(shelf::names).isInstanceOf(UncheckedIOException.class).hasMessageContaining("does not answer");
    }
}
