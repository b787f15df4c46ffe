package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.dev.LocalRedis;
import io.freshet.faults.FaultProxy;
import io.freshet.sink.live.Broadcaster;
import io.freshet.sink.live.SlowConsumerStrategy;
import io.freshet.store.BlobStores;
import io.freshet.store.Models;
import io.freshet.store.StreamStore;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** Streams that end with their process and resume in another one. */
@QuarkusTest
class StreamRestartQuarkusTest extends RestartFixture {

    private static final int STREAMS = 24;
    private static final int RESTARTS = 8;

    @Inject
    Models models;

    @Inject
    Broadcaster feed;

    @Test
    void resumesFromItsPositionAfterARestart() throws IOException {
        Stream before = create(
                """
                        {name: restarted, source: {pattern: {seed: 4}}, pace: {recordsPerSecond: 2000, batchSize: 700, maxRecords: 6000},
                         sinks: [file: {path: out.ndjson}]}""");
        await().until(() -> before.position() > 1000);
        streams.shutDown(StreamProcesses.DRAIN);
        // the process is first notified of its shutdown, and then ends
        streams.shutDown(StreamProcesses.DRAIN);
        assertThat(before.position()).isBetween(1000L, 5999L);

        streams = fresh();
        streams.restore();
        Stream after = streams.find("restarted").orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> after.state() == StreamState.COMPLETED);

        List<Long> sequences = Files.readAllLines(files.resolve("out.ndjson")).stream()
                .map(line -> Definitions.yaml(line).get("sequence").asLong()).toList();
        assertThat(sequences).isEqualTo(LongStream.range(0, 6000).boxed().toList());
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void aSimulationResumesFromItsPositionAfterARestart() throws IOException {
        String chain = "source: {retail: {stores: 4, customers: 300, products: 300, centres: 1, start: '2026-03-18', speed: max}}, ";
        Stream whole = create("{name: whole, " + chain + "pace: {maxRecords: 40000}, sinks: [file: {path: whole.ndjson}]}");
        Stream before = create("{name: cut, " + chain + "chaos: {}, pace: {recordsPerSecond: 6000, maxRecords: 40000},"
                + " sinks: [file: {path: cut.ndjson}]}");
        await().until(() -> before.position() > 10_000 && whole.state() == StreamState.COMPLETED);
        streams.shutDown(StreamProcesses.DRAIN);
        assertThat(before.position()).isLessThan(40_000);
        assertThat(Files.readString(keptFolder.resolve("streams").resolve("cut.json")))
                .containsPattern("\"bookmark\":\"\\d+@\\d+\"");

        streams = fresh();
        streams.restore();
        Stream after = streams.find("cut").orElseThrow();
        await().atMost(Duration.ofSeconds(30)).until(() -> after.state() == StreamState.COMPLETED);

        assertThat(Files.readAllLines(files.resolve("cut.ndjson")))
                .isEqualTo(Files.readAllLines(files.resolve("whole.ndjson"))).hasSize(40_000);
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void remembersPausedCompletedAndDeletedStreamsAfterARestart() {
        create("{name: paused, source: {pattern: {}}, sinks: [websocket: {}]}").pause();
        Stream completed = create("{name: completed, source: {pattern: {}}, pace: {maxRecords: 5}, sinks: [websocket: {}]}");
        create("{name: deleted, source: {pattern: {}}, sinks: [websocket: {}]}");
        assertThat(streams.delete("deleted")).isTrue();
        assertThat(streams.delete("deleted")).isFalse();
        await().until(() -> completed.state() == StreamState.COMPLETED);
        streams.shutDown(StreamProcesses.DRAIN);

        streams = fresh();
        streams.restore();

        assertThat(streams.list()).extracting(Stream::name).containsExactly("completed", "paused");
        assertThat(streams.list()).extracting(Stream::state).containsExactly(StreamState.COMPLETED, StreamState.PAUSED);
        assertThat(streams.find("completed").orElseThrow().position()).isEqualTo(5);
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void aPinnedStreamStaysOnItsVersionAfterARestart() throws IOException {
        models.put("pin", StreamProcesses.fitted("old"), Duration.ZERO);
        String pinned = "{name: %s, source: {model: pin, pinned: %s}, pace: {recordsPerSecond: 100}, sinks: [websocket: {}]}";
        create(pinned.formatted("steadfast", true));
        create(pinned.formatted("following", false));
        models.put("pin", StreamProcesses.fitted("new"), Duration.ZERO);
        streams.shutDown(StreamProcesses.DRAIN);

        streams = fresh();
        streams.restore();

        assertThat(version("steadfast")).isEqualTo(1);
        assertThat(version("following")).isEqualTo(2);
        create(pinned.formatted("newcomer", true));
        assertThat(version("newcomer")).isEqualTo(2);
        models.delete("pin");
        streams.shutDown(StreamProcesses.DRAIN);

        streams = fresh();
        streams.restore();
        assertThat(version("steadfast")).isEqualTo(1);
        assertThat(version("newcomer")).isEqualTo(2);
        assertThat(streams.find("following")).isEmpty();
        streams.delete("steadfast");
        streams.delete("newcomer");
        try (var left = Files.list(keptFolder.resolve("pinned-models"))) {
            assertThat(left).isEmpty();
        }
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void anInstanceThatResumesDoesNotOverwriteWhatTheNewOwnerFinished() throws IOException {
        Stream frozen = create("{name: taken, source: {pattern: {}}, pace: {recordsPerSecond: 2000, maxRecords: 20000},"
                + " sinks: [file: {path: taken.ndjson}]}");
        await().until(() -> frozen.position() > 100);
        streams.saveAll();
        Streams owner = fresh();
        owner.restore();
        Stream taken = owner.find("taken").orElseThrow();
        taken.stop();
        await().until(() -> taken.state() == StreamState.STOPPED);
        owner.saveAll();
        String stored = Files.readString(keptFolder.resolve("streams").resolve("taken.json"));

        streams.saveAll();

        assertThat(streams.find("taken")).as("it does not run here any more").isEmpty();
        assertThat(streams.findFailed("taken").orElseThrow().reason()).contains("another instance");
        assertThat(Files.readString(keptFolder.resolve("streams").resolve("taken.json"))).isEqualTo(stored)
                .contains("\"stopped\"");
        assertThat(frozen.awaitEnd(Duration.ofSeconds(10))).isTrue();
        streams.shutDown(StreamProcesses.DRAIN);
        owner.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void manyStreamsStayRunningThroughRestartsWhenTheStoreIsSlow() throws Exception {
        try (LocalRedis server = LocalRedis.start(0); FaultProxy slow = FaultProxy.start(0, server.port())) {
            slow.delay(Duration.ofMillis(1));
            Vertx vertx = Vertx.vertx();
            Redis redis = Redis.createClient(vertx, "redis://127.0.0.1:" + slow.port());
            BlobStores blobStores = BlobStores.of(() -> redis);
            streams = processes.begin(models, blobStores, Optional.of(files), StreamProcesses.history());
            for (int i = 0; i < STREAMS; i++) {
                create("{name: s%d, source: {pattern: {}}, pace: {recordsPerSecond: 500}, sinks: [websocket: {}]}"
                        .formatted(i));
            }
            streams.find("s0").orElseThrow().pause();
            for (int restart = 0; restart < RESTARTS; restart++) {
                Streams ending = streams;
                AtomicBoolean ended = new AtomicBoolean();
                // the timer that saves, at its busiest
                Thread timer = new Thread(() -> {
                    while (!ended.get()) {
                        ending.saveAll();
                    }
                });
                timer.start();
                ending.shutDown(StreamProcesses.DRAIN);
                List<Long> positions = ending.list().stream().map(Stream::position).toList();
                ended.set(true);
                timer.join();

                streams = processes.begin(models, blobStores, Optional.of(files), StreamProcesses.history());
                StreamStore store = new StreamStore(blobStores);
                assertThat(ending.list()).extracting(stream -> store.find(stream.name()).orElseThrow().position())
                        .as("restart %d", restart).isEqualTo(positions);
                streams.restore();

                assertThat(streams.list()).as("restart %d", restart).hasSize(STREAMS)
                        .filteredOn(stream -> !stream.name().equals("s0"))
                        .extracting(Stream::state).containsOnly(StreamState.RUNNING);
                assertThat(streams.find("s0").orElseThrow().state()).isEqualTo(StreamState.PAUSED);
            }
            streams.shutDown(StreamProcesses.DRAIN);
            redis.close();
            vertx.close();
        }
    }

    @Test
    void theReasonForTheEndOfAStreamIsKnownAfterARestart() {
        create("{name: broken, source: {pattern: {}}, pace: {maxRecords: 100}, stages: [checkpoint: {on_failure: stop,"
                + " expect: [{name: impossible, that: {field: sequence, op: less_than, value: 0}}]}], sinks: [websocket: {}]}");
        await().until(() -> streams.find("broken").orElseThrow().state() == StreamState.STOPPED);
        streams.shutDown(StreamProcesses.DRAIN);

        streams = fresh();
        streams.restore();

        Stream after = streams.find("broken").orElseThrow();
        assertThat(after.state()).isEqualTo(StreamState.STOPPED);
        assertThat(after.statistics().error()).contains("stopped by");
        assertThat(after.hasBroken()).isTrue();
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void clientsThatFollowAStreamThatEndedBeforeARestartDoNotWait() {
        Stream before = create("{name: ended, source: {pattern: {}}, pace: {maxRecords: 5}, sinks: [websocket: {}]}");
        await().until(() -> before.state() == StreamState.COMPLETED);
        streams.shutDown(StreamProcesses.DRAIN);
        streams = fresh();
        streams.restore();

        feed.subscribe("ended", SlowConsumerStrategy.DROP_OLDEST).subscribe().withSubscriber(AssertSubscriber.create(1))
                .awaitCompletion();
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void aSavedStreamThatCannotBeRestoredIsFailedAndDoesNotBlockOthers() throws IOException {
        create("{name: good, source: {pattern: {}}, pace: {recordsPerSecond: 10}, sinks: [websocket: {}]}");
        create("{name: bad, source: {pattern: {}}, pace: {recordsPerSecond: 10}, sinks: [websocket: {}]}");
        streams.shutDown(StreamProcesses.DRAIN);
        Path file = keptFolder.resolve("streams").resolve("bad.json");
        String damaged = Files.readString(file).replaceFirst("\"position\":\\d+", "\"position\":-5");
        Files.writeString(file, damaged);

        streams = fresh();
        streams.restore();

        assertThat(streams.find("good").orElseThrow().state()).isEqualTo(StreamState.RUNNING);
        assertThat(streams.failed()).extracting(FailedStream::name).containsExactly("bad");
        assertThat(streams.findFailed("bad").orElseThrow().reason()).contains("position must be a whole number from 0, not -5");
        assertThatThrownBy(() -> create("{name: bad, source: {pattern: {}}, sinks: [websocket: {}]}"))
                .isInstanceOf(StreamConflictException.class).hasMessageContaining("could not be restored");
        assertThat(Files.readString(file)).isEqualTo(damaged);
        Files.writeString(file, damaged.replace("-5", "7"));
        assertThat(streams.resume("bad").orElseThrow().position()).as("mended by hand, then resumed").isGreaterThanOrEqualTo(7);
        assertThat(streams.failed()).isEmpty();
        streams.delete("bad");
        assertThat(file).doesNotExist();
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void aStreamThatCannotBeSavedIsNotStartedAndARunningOneReportsIt() throws IOException {
        Stream running = create(
                "{name: running, source: {pattern: {}}, pace: {recordsPerSecond: 100}, sinks: [websocket: {}]}");
        Path away = Files.move(keptFolder.resolve("streams"), keptFolder.resolve("away"));

        assertThatThrownBy(() -> create("{name: unsaved, source: {pattern: {}}, sinks: [websocket: {}]}"))
                .isInstanceOf(UncheckedIOException.class);
        await().until(() -> save() || running.unsavedSince().isPresent());

        assertThat(streams.find("unsaved")).isEmpty();
        assertThat(running.state()).isEqualTo(StreamState.RUNNING);
        assertThat(streams.saveFailures()).isPositive();
        Files.move(away, keptFolder.resolve("streams"));
        await().until(() -> save() || running.unsavedSince().isEmpty());
        create("{name: unsaved, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [websocket: {}]}");
        streams.shutDown(StreamProcesses.DRAIN);
    }

    private long version(String stream) {
        Long version = streams.find(stream).orElseThrow().statistics().source().modelVersion();
        return version == null ? 0 : version;
    }
}
