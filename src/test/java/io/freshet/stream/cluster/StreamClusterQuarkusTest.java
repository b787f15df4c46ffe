package io.freshet.stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.kafka.KafkaConnection;
import io.freshet.source.pattern.PatternSource;
import io.freshet.store.BlobStores;
import io.freshet.store.Models;
import io.freshet.store.RemoteCommands;
import io.freshet.store.StreamStore;
import io.freshet.stream.BrokerResource;
import io.freshet.stream.Definitions;
import io.freshet.stream.RestartableBroker;
import io.freshet.stream.StreamProcesses;
import io.freshet.stream.Streams;
import io.freshet.stream.TopicReader;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.health.AlertConfig;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Streams of one store that two instances share, with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class StreamClusterQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int RECORDS = 16_050;

    private record Sharing(Optional<Boolean> enabled, String topic, String group, int slots, Duration takeOverAfter,
            String statisticsTopic, Optional<String> instance, String protocol)
            implements
                ClusterConfig {
    }

    /** An instance with its streams. */
    private record Instance(Streams streams, StreamCluster shared, StreamReports reports) {

        ShardedStreams sharded() {
            return new ShardedStreams(streams, shared, reports);
        }

        void end() {
            streams.shutDown(StreamProcesses.DRAIN);
            shared.leave();
            reports.close();
        }
    }

    RestartableBroker broker;

    @Inject
    StreamProcesses processes;

    @Inject
    Models models;

    @Inject
    AlertConfig alerts;

    @Inject
    ObjectMapper json;

    @Inject
    KafkaConnection kafka;

    @TempDir
    Path store;

    @Test
    void aStreamThatIsRecreatedWithAnotherSourceRunsOnOneInstance() {
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
            one.shared().reconcile();

            one.streams().delete(name);
            assertThat(other.shared().create(alone(name))).as("it is on its own now").isPresent();
            one.shared().reconcile();
            assertThat(one.streams().find(name)).as("it runs elsewhere").isEmpty();
            assertThat(other.streams().find(name)).isPresent();
        } finally {
            List.of(one, other).forEach(Instance::end);
        }
    }

    @Test
    void shardsMakeTheRecordsOfTheWholeWhileInstancesLeave() {
        Instance one = instance();
        Instance other = instance();
        try {
            await().atMost(PATIENCE).until(() -> !heldBy(one).isEmpty() && !heldBy(other).isEmpty());
            ShardedStreams sharded = one.sharded();
            sharded.create(StreamDefinition.parse(Definitions.yaml("""
                    {name: divided, shards: 8, source: {pattern: {seed: 7}}, metadata: false,
                     pace: {recordsPerSecond: 1000, batchSize: 100, maxRecords: %d},
                     sinks: [{kafka: {topic: divided, exactlyOnce: true}}]}""".formatted(RECORDS))));
            await().atMost(PATIENCE).until(() -> {
                other.shared().reconcile();
                return runningShards(one) > 0 && runningShards(one) + runningShards(other) == 8;
            });
            await().atMost(PATIENCE).until(() -> read().size() > RECORDS / 10);
            await().atMost(PATIENCE).until(() -> {
                one.reports().publish();
                other.reports().publish();
                return one.sharded().find("divided").orElseThrow().shards().stream().allMatch(
                        shard -> shard.statistics() != null) && other.sharded().health("divided", alerts).isPresent();
            });
            one.end();

            ShardedStreams left = other.sharded();
            await().atMost(PATIENCE).until(() -> {
                other.shared().reconcile();
                return left.find("divided").orElseThrow().state().equals("completed");
            });
            assertThat(left.find("divided").orElseThrow().records()).isEqualTo(RECORDS);
            List<String> values = read().stream().map(ConsumerRecord::value).toList();
            assertThat(values).containsExactlyInAnyOrderElementsOf(whole());
            assertThat(read()).extracting(message -> id(message).substring(id(message).lastIndexOf('/') + 1))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RECORDS).mapToObj(String::valueOf).toList());
            assertThat(read()).extracting(message -> id(message).substring(0, id(message).lastIndexOf('/')))
                    .allMatch(prefix -> prefix.startsWith("divided/")).containsOnly(prefix());
        } finally {
            List.of(one, other).forEach(Instance::end);
        }
    }

    private String prefix() {
        String id = id(read().get(0));
        return id.substring(0, id.lastIndexOf('/'));
    }

    private static String id(ConsumerRecord<String, String> message) {
        return new String(message.headers().lastHeader("freshet-id").value(), StandardCharsets.UTF_8);
    }

    private static int runningShards(Instance instance) {
        return instance.streams().shards("divided").size();
    }

    /** Returns the committed records; none before the topic exists. */
    private List<ConsumerRecord<String, String>> read() {
        return TopicReader.committed(broker.bootstrapServers(), "divided");
    }

    /** Returns the records that the same stream makes without shards. */
    private static List<String> whole() {
        PatternSource source = new PatternSource(7, RECORDS, 1000);
        EncodedRecords json = EncodedRecords.create(1);
        new JsonEncoder().encode(source.next(0, RECORDS, null), null, json);
        return IntStream.range(0, RECORDS).mapToObj(json::text).toList();
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
        BlobStores blobStores = BlobStores.of(Optional.of(store));
        Streams streams = processes.begin(models, blobStores, Optional.empty(), StreamProcesses.history());
        Sharing sharing = new Sharing(Optional.of(true), "freshet.shards", "shared-streams", 12, Duration.ofSeconds(10),
                "freshet.statistics", Optional.empty(), "classic");
        StreamCluster shared = new StreamCluster(sharing, streams,
                new StreamStore(blobStores), new RemoteCommands(blobStores), models, kafka, blobStores);
        shared.begin();
        return new Instance(streams, shared, new StreamReports(sharing, streams, kafka, alerts, json));
    }
}
