package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.sink.KafkaConnection;
import io.freshet.store.Models;
import io.freshet.store.Shelves;
import io.freshet.store.StreamStore;
import io.freshet.store.StreamWishes;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Streams of one store divided between two instances, by a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class SharedStreamsQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Sharing(Optional<Boolean> enabled, String topic, String group, int shards, Duration takeOverAfter)
            implements
                SharingConfig {
    }

    /** An instance, with its streams. */
    private record Instance(Streams streams, SharedStreams shared) {
    }

    @Inject
    StreamProcesses processes;

    @Inject
    Models models;

    @Inject
    KafkaConnection kafka;

    @TempDir
    Path store;

    @Test
    void aStreamThatIsMadeAnewWithAnotherSourceRunsOnOneInstance() {
        Instance one = instance();
        Instance other = instance();
        try {
            await().atMost(PATIENCE).until(() -> held(one, other).size() == 100 && !heldBy(one).isEmpty()
                    && !heldBy(other).isEmpty());
            String source = heldBy(one).get(0);
            String name = heldBy(other).get(0);
            one.shared().create(alone(source));
            one.shared().create(StreamDefinition.parse(Definitions.yaml(
                    "{name: %s, source: {stream: %s}, sinks: [{websocket: {}}]}".formatted(name, source))));
            assertThat(one.streams().find(name)).as("it is where its source is").isPresent();
            one.shared().look();

            one.streams().delete(name);
            assertThat(other.shared().create(alone(name))).as("it is on its own now").isPresent();
            one.shared().look();
            assertThat(one.streams().find(name)).as("it runs elsewhere").isEmpty();
            assertThat(other.streams().find(name)).isPresent();
        } finally {
            List.of(one, other).forEach(each -> {
                each.streams().shutDown();
                each.shared().leave();
            });
        }
    }

    private static List<String> held(Instance one, Instance other) {
        List<String> all = new java.util.ArrayList<>(heldBy(one));
        all.addAll(heldBy(other));
        return all;
    }

    private static List<String> heldBy(Instance instance) {
        return IntStream.range(0, 100).mapToObj(i -> "shared-" + i).filter(name -> instance.shared().isHere(alone(name)))
                .toList();
    }

    private static StreamDefinition alone(String name) {
        return StreamDefinition.parse(Definitions.yaml(
                "{name: %s, source: {pattern: {}}, pace: {recordsPerSecond: 10}, sinks: [{websocket: {}}]}".formatted(name)));
    }

    private Instance instance() {
        Shelves shelves = Shelves.of(Optional.of(store));
        Streams streams = processes.begin(models, shelves, Optional.empty(), StreamProcesses.history());
        SharedStreams shared = new SharedStreams(
                new Sharing(Optional.of(true), "freshet.shards", "shared-streams", 12, Duration.ofSeconds(10)), streams,
                new StreamStore(shelves), new StreamWishes(shelves), models, kafka, shelves);
        shared.begin();
        return new Instance(streams, shared);
    }
}
