package io.freshet.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Freshet, a proxy and a broker, each to be tormented while two streams run: one that delivers at least once, one that
 * delivers exactly once. In the end somebody counts.
 */
final class FaultRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ONCE = "exactly";
    private static final String LEAST = "least";
    private static final List<String> BOTH = List.of(LEAST, ONCE);

    /**
     * What was found.
     *
     * @param least of the stream that delivers at least once
     * @param exactly of that which delivers exactly once
     * @param positions how far they said they were
     */
    record Outcome(Tally least, Tally exactly, Map<String, Long> positions) {

        boolean nothingLost() {
            return least.first() == least.distinct() && least.distinct() >= positions.get(LEAST)
                    && exactly.first() == exactly.distinct() && exactly.distinct() >= positions.get(ONCE);
        }

        /** Of topics that were deleted in mid-stream: everything from some record on. */
        boolean nothingLostSince() {
            return least.goesOnTo(positions.get(LEAST)) && exactly.goesOnTo(positions.get(ONCE));
        }

        boolean nothingRepeatedWhereOnce() {
            return exactly.repeated() == 0;
        }
    }

    final FaultProxy proxy;
    final BrokerProcess broker;
    final FreshetProcess freshet;
    private final Path folder;
    private boolean breakerOpened;
    private boolean alertRaised;

    FaultRun(String... settings) {
        try {
            folder = Files.createTempDirectory("faults-");
            Files.createDirectories(folder.resolve("store"));
            Files.createDirectories(folder.resolve("kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int port = Processes.freePort();
        broker = new BrokerProcess(port, folder.resolve("kafka"));
        proxy = FaultProxy.start(port, broker.port());
        List<String> all = new java.util.ArrayList<>(List.of("kafka.bootstrap.servers=127.0.0.1:" + port,
                "freshet.store.folder=" + folder.resolve("store"),
                "freshet.dead-letters.folder=" + folder.resolve("letters"),
                "freshet.sinks.kafka.\"delivery.timeout.ms\"=1500", "freshet.sinks.kafka.\"request.timeout.ms\"=1000",
                "freshet.sinks.kafka.\"max.block.ms\"=500", "freshet.sinks.breaker-delay=1s", "freshet.sinks.timeout=5s",
                "freshet.sinks.longest-failing-delay=2s", "freshet.alerts.patience=1s", "freshet.alerts.high-latency=3s"));
        all.addAll(List.of(settings));
        freshet = new FreshetProcess(folder.resolve("freshet.log"), all);
    }

    /** Starts both streams, and waits until they are under way. */
    void begin(int perSecond) {
        create(perSecond, "json", "1h");
        awaitProgress(perSecond);
    }

    /**
     * Starts both streams.
     *
     * @param format of the messages
     * @param giveUpAfter when a record becomes a dead letter
     */
    void create(int perSecond, String format, String giveUpAfter) {
        BOTH.forEach(name -> freshet.post("/api/v1/streams",
                """
                        {"name": "%s", "source": {"pattern": {"seed": 7}}, "metadata": false, "pace": {"burst": {"every": "500ms", "records": %d}},
                         "sinks": [{"kafka": {"topic": "%s", "exactlyOnce": %b, "format": "%s"}, "giveUpAfter": "%s"}]}"""
                        .formatted(name, perSecond / 2, name, name.equals(ONCE), format, giveUpAfter)));
    }

    /** How many bytes of dead letters wait on disk. */
    long spilledBytes() {
        Path letters = folder.resolve("letters");
        if (!Files.exists(letters)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(letters)) {
            return files.map(Path::toFile).filter(file -> file.getName().endsWith(".letters")).mapToLong(File::length).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until both streams have gone on by so many records, and are well. */
    void awaitProgress(long records) {
        Map<String, Long> before = Map.of(LEAST, position(LEAST), ONCE, position(ONCE));
        BOTH.forEach(name -> Processes.await("the stream " + name + " goes on", PATIENCE,
                () -> position(name) >= before.get(name) + records
                        && freshet.statistics(name).get("state").asText().equals("running")));
    }

    private long position(String name) {
        return freshet.statistics(name).get("position").asLong();
    }

    /** Lets time go by, and looks whether breakers open and alerts are raised. */
    void watch(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            BOTH.forEach(name -> breakerOpened |= !breaker(name).equals("closed"));
            alertRaised |= !freshet.get("/api/v1/alerts").isEmpty();
            Processes.pause(Duration.ofMillis(100));
        }
    }

    private String breaker(String name) {
        return freshet.statistics(name).get("sinks").get(0).get("breaker").asText();
    }

    boolean breakerOpened() {
        return breakerOpened;
    }

    boolean alertRaised() {
        return alertRaised;
    }

    /** Waits until breakers are closed and alerts gone. */
    void awaitCalm() {
        Processes.await("breakers are closed and alerts cleared", PATIENCE,
                () -> BOTH.stream().allMatch(name -> breaker(name).equals("closed"))
                        && freshet.get("/api/v1/alerts").isEmpty());
    }

    /** Whether all records that were generated since the process began are accounted for. */
    boolean addsUp() {
        return BOTH.stream().allMatch(name -> {
            JsonNode statistics = freshet.statistics(name);
            JsonNode sink = statistics.get("sinks").get(0);
            long of = sink.get("delivered").asLong() + sink.get("deadLettered").asLong() + sink.get("dropped").asLong()
                    + sink.get("failed").asLong();
            return of == statistics.get("totalSamples").asLong() && sink.get("inFlight").asLong() == 0;
        });
    }

    /** Stops both streams, and counts. */
    Outcome end() {
        BOTH.forEach(name -> freshet.post("/api/v1/streams/" + name + "/stop", "{}"));
        BOTH.forEach(name -> Processes.await(name + " has stopped", PATIENCE,
                () -> freshet.statistics(name).get("state").asText().equals("stopped")));
        return count(Map.of(LEAST, position(LEAST), ONCE, position(ONCE)));
    }

    private Outcome count(Map<String, Long> positions) {
        return new Outcome(Tally.of(broker.direct(), LEAST), Tally.of(broker.direct(), ONCE), positions);
    }

    /** Deletes what both streams write to, past the proxy. */
    void deleteTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.direct()))) {
            admin.deleteTopics(BOTH).all().get();
        } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        freshet.close();
        proxy.close();
        broker.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
