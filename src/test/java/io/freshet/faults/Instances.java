package io.freshet.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.freshet.Scratch;
import io.freshet.dev.LocalMongo;

/** Several instances of Freshet, one broker, one store. */
final class Instances implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final BrokerProcess broker;
    final List<FreshetProcess> all = new ArrayList<>();
    private final LocalMongo store = LocalMongo.start(0);
    private final Path folder;

    Instances(int count) {
        Path logs;
        try {
            folder = Files.createTempDirectory("instances-");
            // kept, to find out why a test failed
            logs = Files.createTempDirectory(Files.createDirectories(Scratch.own("instances")), "logs-");
            broker = new BrokerProcess(Processes.freePort(), Files.createDirectories(folder.resolve("kafka")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < count; i++) {
            all.add(new FreshetProcess(logs.resolve("freshet-" + i + ".log"), List.of(
                    "kafka.bootstrap.servers=" + broker.direct(), "freshet.store.mongodb=true",
                    "quarkus.mongodb.connection-string=" + store.address(), "freshet.sharing.shards=12")));
        }
    }

    /** Waits until a stream has gone on by so many records, wherever it runs. */
    void awaitProgress(String stream, long records) {
        long before = position(stream);
        Processes.await("the stream " + stream + " goes on from " + before, PATIENCE,
                () -> position(stream) >= before + records);
    }

    /** Where a stream is, by whichever instance answers. */
    long position(String stream) {
        return all.stream().filter(FreshetProcess::isAlive).mapToLong(each -> {
            var view = each.get("/api/v1/streams/" + stream);
            return view.hasNonNull("elsewhere") ? view.get("elsewhere").get("position").asLong()
                    : view.get("statistics").get("position").asLong();
        }).max().orElse(0);
    }

    /** On how many instances a stream runs now. */
    long runningOn(String stream) {
        return all.stream().filter(FreshetProcess::isAlive)
                .filter(each -> !each.get("/api/v1/streams/" + stream).hasNonNull("elsewhere")).count();
    }

    /** The addresses of all, for clients that go on with another. */
    List<URI> addresses() {
        return all.stream().map(each -> each.uri("")).toList();
    }

    @Override
    public void close() {
        all.forEach(FreshetProcess::close);
        broker.close();
        store.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
