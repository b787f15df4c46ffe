package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.dev.LocalBroker;

/** Exactly once from a topic, when the process is killed in the middle: a real broker, and the process that is shipped. */
class TopicKillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 18_000;
    private static final int PARTITIONS = 3;
    private static final int KILLS = 2;
    private static final String RELAY = """
            {"name": "relay", "source": {"kafka": {"topic": "kill.in", "from": "beginning"}},
             "pace": {"recordsPerSecond": 2500},
             "stages": [{"filter": {"field": "n", "op": "exists"}}, {"transform": {"rename": {"n": "number"}}}],
             "sinks": [{"kafka": {"topic": "relay.out", "exactlyOnce": true}}]}""";
    private static final String TWIN = """
            {"name": "twin", "source": {"twin": {"topic": "kill.in", "from": "beginning", "ratio": 0.5}},
             "metadata": false, "pace": {"recordsPerSecond": 1250},
             "sinks": [{"kafka": {"topic": "twin.out", "exactlyOnce": true}}]}""";

    @TempDir
    Path folder;

    @Test
    void noMessageIsLostAndNoneIsTakenTwice() throws Exception {
        Path store = Files.createDirectories(folder.resolve("store"));
        try (LocalBroker broker = LocalBroker.start(0, folder.resolve("kafka"))) {
            produce(broker.bootstrapServers());
            try (FreshetProcess freshet = new FreshetProcess(folder.resolve("freshet.log"),
                    List.of("freshet.store.folder=" + store, "kafka.bootstrap.servers=" + broker.bootstrapServers()))) {
                freshet.post("/api/v1/streams", RELAY);
                freshet.post("/api/v1/streams", TWIN);
                for (int kill = 1; kill <= KILLS; kill++) {
                    long min = kill * RECORDS / (KILLS + 1L);
                    Processes.await("it is at " + min, PATIENCE, () -> position(freshet, "relay") >= min);
                    freshet.kill();
                    freshet.start();
                }
                Processes.await("all is read", PATIENCE,
                        () -> count(broker.bootstrapServers(), "relay.out") >= RECORDS
                                && count(broker.bootstrapServers(), "twin.out") >= RECORDS / 2);
                assertThat(freshet.terminate()).as("it ends as it is told to").isEqualTo(143);
            }
            Map<String, Integer> numbers = new HashMap<>();
            read(broker.bootstrapServers(), "relay.out", message -> numbers.merge(message.value(), 1, Integer::sum));
            assertThat(numbers).hasSize(RECORDS).containsEntry("{\"number\":0}", 1).values().containsOnly(1);
            Set<String> rows = new HashSet<>();
            assertThat(read(broker.bootstrapServers(), "twin.out", message -> rows
                    .add(new String(message.headers().lastHeader("freshet-id").value(), StandardCharsets.UTF_8))))
                    .as("half a row for each message").isEqualTo(RECORDS / 2);
            assertThat(rows).as("each another one").hasSize(RECORDS / 2);
        }
    }

    private static long position(FreshetProcess freshet, String stream) {
        return freshet.statistics(stream).get("position").asLong();
    }

    private static void produce(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("kill.in", PARTITIONS, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers, "linger.ms", 5),
                new StringSerializer(), new StringSerializer())) {
            IntStream.range(0, RECORDS)
                    .forEach(n -> producer.send(new ProducerRecord<>("kill.in", n % PARTITIONS, null, "{\"n\":" + n + "}")));
        }
    }

    private static long count(String servers, String topic) {
        return read(servers, topic, message -> {
        });
    }

    /** What is committed by now; how many messages that are. */
    private static long read(String servers, String topic, Consumer<ConsumerRecord<String, String>> reader) {
        long messages = 0;
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"), new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition all = new TopicPartition(topic, 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).getOrDefault(all, 0L);
            while (consumer.position(all) < end) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    messages++;
                    reader.accept(message);
                }
            }
        }
        return messages;
    }
}
