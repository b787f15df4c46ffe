package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.dev.LocalBroker;
import io.freshet.dev.LocalRedis;

/** Windows over a topic when the process is killed in the middle of them: real servers, and the process that is shipped. */
class WindowKillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int RECORDS = 60_000;
    private static final int KEYS = 5;
    private static final int SIZE = 2_000;
    private static final int SLIDE = 500;
    /** Partitions are not read evenly; as much later than others a record may be. */
    private static final int DELAY = 30_000;
    /** Other fields than the key do not matter to what is sent; a record is a millisecond of event time. */
    private static final String DEFINITION = """
            {"name": "killed", "source": {"kafka": {"topic": "killed.in", "from": "beginning",
                                                    "settings": {"max.partition.fetch.bytes": "32768"}}},
             "pace": {"recordsPerSecond": 6000},
             "stages": [{"filter": {"field": "n", "op": "exists"}},
                        {"transform": {"rename": {"n": "number"}}},
                        {"window": {"size": "%dms", "slide": "%dms", "delay": "%dms", "time": "at", "key": "key",
                                    "values": {"number": ["sum", "max"]}}},
                        {"checkpoint": {"expect": [{"name": "some", "that": {"field": "count", "op": "greater_than", "value": 0}}]}}],
             "sinks": [{"kafka": {"topic": "killed.out"}}, {"redis": {"most": 5000}}]}"""
            .formatted(SIZE, SLIDE, DELAY);

    @TempDir
    Path folder;

    @Test
    void noRecordIsLostOrCountedTwiceAndRepeatsAreKnownByTheirIds() throws Exception {
        Path store = Files.createDirectories(folder.resolve("store"));
        try (LocalBroker broker = LocalBroker.start(0, folder.resolve("kafka")); LocalRedis redis = LocalRedis.start(0)) {
            produce(broker.bootstrapServers());
            try (FreshetProcess freshet = new FreshetProcess(folder.resolve("freshet.log"),
                    List.of("freshet.store.folder=" + store, "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                            "quarkus.redis.hosts=" + redis.address(),
                            "freshet.store.redis=true", "freshet.sharing.enabled=false"))) {
                freshet.post("/api/v1/streams", DEFINITION);
                for (int far : new int[] { 15_000, 45_000 }) {
                    awaitPosition(freshet, far);
                    freshet.kill();
                    freshet.start();
                }
                awaitPosition(freshet, RECORDS);
                assertThat(freshet.statistics("killed").at("/stages/2/counts/too_late").asLong()).isZero();
                assertThat(windows(freshet.get("/api/v1/recent/killed?count=5000").get("records"))).doesNotHaveDuplicates()
                        .hasSize(expected().size());
            }
            assertThat(results(broker.bootstrapServers())).isEqualTo(expected());
        }
        assertThat(store).as("nothing was kept in the folder").isEmptyDirectory();
    }

    private static void awaitPosition(FreshetProcess freshet, long position) {
        Processes.await("it is at " + position, PATIENCE,
                () -> freshet.statistics("killed").get("position").asLong() >= position);
    }

    /** Two partitions, in turns. */
    private static void produce(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("killed.in", 2, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers, "linger.ms", 5),
                new StringSerializer(), new StringSerializer())) {
            IntStream.range(0, RECORDS).forEach(n -> producer.send(new ProducerRecord<>("killed.in", n % 2,
                    String.valueOf(n % KEYS), "{\"n\":%d,\"at\":%d,\"key\":\"%d\"}".formatted(n, n, n % KEYS))));
        }
    }

    /**
     * Every window that ends before the last record less the delay, by key and beginning: how many, their sum, the greatest.
     */
    private static Map<String, List<Long>> expected() {
        Map<String, List<Long>> windows = new TreeMap<>();
        for (int start = SLIDE - SIZE; start + SIZE <= RECORDS - 1 - DELAY; start += SLIDE) {
            for (int key = 0; key < KEYS; key++) {
                int remainder = key;
                long[] numbers = IntStream.range(Math.max(0, start), start + SIZE).filter(n -> n % KEYS == remainder)
                        .asLongStream().toArray();
                windows.put(key + "@" + start, List.of((long) numbers.length, java.util.Arrays.stream(numbers).sum(),
                        numbers[numbers.length - 1]));
            }
        }
        return windows;
    }

    /** What a consumer has that drops what it knows by its id. */
    private static Map<String, List<Long>> results(String servers) throws IOException {
        Map<String, List<Long>> windows = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers),
                new StringDeserializer(), new StringDeserializer())) {
            TopicPartition all = new TopicPartition("killed.out", 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).getOrDefault(all, 0L);
            while (consumer.position(all) < end) {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    String id = new String(message.headers().lastHeader("freshet-id").value(), StandardCharsets.UTF_8);
                    JsonNode result = new ObjectMapper().readTree(message.value());
                    List<Long> numbers = List.of(result.get("count").asLong(), result.at("/number/sum").asLong(),
                            result.at("/number/max").asLong());
                    List<Long> before = windows.putIfAbsent(window(result), numbers);
                    assertThat(before == null).as("a window has one id: %s", id).isEqualTo(ids.add(id));
                    assertThat(numbers).as(id).isEqualTo(windows.get(window(result)));
                }
            }
        }
        return windows;
    }

    private static List<String> windows(JsonNode records) {
        List<String> windows = new java.util.ArrayList<>();
        records.forEach(record -> windows.add(window(record)));
        return windows;
    }

    private static String window(JsonNode result) {
        return result.get("key").asText() + "@" + Instant.parse(result.get("window_start").asText()).toEpochMilli();
    }
}
