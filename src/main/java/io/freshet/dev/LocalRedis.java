package io.freshet.dev;

import java.io.IOException;
import java.io.UncheckedIOException;

import redis.embedded.RedisServer;

/** A real Redis server in a process of its own, on loopback, without persistence. */
public final class LocalRedis implements AutoCloseable {

    private final RedisServer server;
    private final int port;

    private LocalRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a server and returns when it accepts requests.
     *
     * @param port 0 for any free port
     * @throws IllegalStateException if the port is taken
     */
    public static LocalRedis start(int port) {
        int listener = Loopback.port(port);
        try {
            RedisServer server = RedisServer.newRedisServer().port(listener).setting("bind " + Loopback.HOST)
                    .setting("save \"\"").build();
            server.start();
            return new LocalRedis(server, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "redis://" + Loopback.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
