package io.freshet.sink.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class RedisConnectionsTest {

    private static RedisConnections connections(boolean configured) {
        return new RedisConnections(configured, () -> {
            throw new AssertionError("nothing connects before a connection is needed");
        });
    }

    @Test
    void aClusterEndsTheStartWithTheNameOfTheSetting() {
        assertThatThrownBy(() -> connections(true).check(Optional.of("CLUSTER")))
                .hasMessageContaining("quarkus.redis.client-type must be standalone, sentinel or replication");
    }

    @Test
    void otherClientsAreAccepted() {
        assertThatCode(() -> {
            connections(true).check(Optional.empty());
            connections(true).check(Optional.of("sentinel"));
            connections(false).check(Optional.of("cluster"));
        }).doesNotThrowAnyException();
    }
}
