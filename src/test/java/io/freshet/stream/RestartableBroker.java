package io.freshet.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.freshet.dev.LocalBroker;

/** A real broker that can be stopped and restarted at the same address with the same data. */
public final class RestartableBroker implements AutoCloseable {

    private final Path folder;
    private LocalBroker broker;

    private RestartableBroker(Path folder) {
        this.folder = folder;
        this.broker = LocalBroker.start(0, folder);
    }

    public static RestartableBroker start() {
        try {
            return new RestartableBroker(Files.createTempDirectory("restartable-kafka-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public void stop() {
        broker.close();
    }

    public void startAgain() {
        broker = LocalBroker.start(broker.port(), folder);
    }

    @Override
    public void close() {
        broker.close();
    }
}
