package io.freshet.dev;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server of the MongoDB protocol, in this JVM, on loopback, in memory. */
public final class LocalMongo implements AutoCloseable {

    private final MongoServer server;
    private final int port;

    private LocalMongo(MongoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a server and returns when it accepts requests.
     *
     * @param port 0 for any free port
     * @throws IllegalStateException if the port is taken
     */
    public static LocalMongo start(int port) {
        int listener = Loopback.port(port);
        MongoServer server = new MongoServer(new MemoryBackend());
        server.bind(Loopback.HOST, listener);
        return new LocalMongo(server, listener);
    }

    public String address() {
        return "mongodb://" + Loopback.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
