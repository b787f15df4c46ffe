package io.freshet.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.dev.LocalBroker;
import io.freshet.dev.LocalMongo;
import io.freshet.dev.LocalRedis;

/**
 * A topic → filter → transform → windows of a minute by key, a new one every ten seconds → checkpoint → Redis, MongoDB's
 * protocol and a socket, with real servers and the process that is shipped: records a second, beside what MongoDB's own driver
 * alone writes of the same documents to the same server, and at 1,000 of them a second how long batches and records take.
 */
public final class PipelineReport {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PER_SECOND = 1_000;
    private static final int WARM_SECONDS = 60;
    private static final int SECONDS = 30;
    private static final Pattern BUCKET = Pattern.compile(
            "freshet_stream_delivery_seconds_bucket\\{(?=[^}]*stream=\"calm\")[^}]*sink=\"([^\"]+)\"[^}]*le=\"([^\"]+)\"[^}]*} ([0-9.E+]+)");
    private static final String STAGES = """
            [{"filter": {"field": "value", "op": "greater_or_equal", "value": 5}},
             {"transform": {"rename": {"value": "amount"}, "cast": {"amount": "decimal"}}},
             {"window": {"size": "60s", "slide": "10s", "grace": "5s", "time": "timestamp", "key": "user_id",
                         "values": {"amount": ["sum", "mean", "p99"]}%s}},
             {"checkpoint": {"expect": [{"name": "known", "that": {"field": "%s", "op": "exists"}}]}}]""";
    private static final String SINKS = "{\"redis\": {}}, {\"mongodb\": {}}, {\"websocket\": {}}";
    private static final String FILTER = "[{\"filter\": {\"field\": \"value\", \"op\": \"greater_or_equal\", \"value\": 5}}]";
    private static final String RESULTS_STAGES = STAGES.formatted("", "count");
    private static final String RECORDS_STAGES = STAGES.formatted(", \"results\": \"kafka\"", "amount");

    private PipelineReport() {
    }

    /** @param args how many records a round has */
    public static void main(String[] args) throws IOException {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
        Path folder = Files.createTempDirectory("pipeline-");
        try (LocalBroker broker = LocalBroker.start(0, null);
                LocalRedis redis = LocalRedis.start(0);
                LocalMongo mongo = LocalMongo.start(0);
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0), new StringSerializer(),
                        new StringSerializer());
                FreshetProcess freshet = new FreshetProcess(folder.resolve("freshet.log"),
                        List.of("kafka.bootstrap.servers=" + broker.bootstrapServers(),
                                "quarkus.redis.hosts=" + redis.address(),
                                "quarkus.mongodb.connection-string=" + mongo.address()))) {
            // before the servers, which share this process, have much to look after
            latency(freshet, broker.bootstrapServers(), producer);
            IntStream.range(0, records).forEach(n -> producer.send(record("many", n)));
            producer.flush();
            try (BareMongo bare = new BareMongo(mongo.address())) {
                bare.forget();
                for (int round = 0; round < 3; round++) {
                    throughput(freshet, "results " + round, RESULTS_STAGES, SINKS, records);
                    bare.forget();
                    throughput(freshet, "records and results " + round, RECORDS_STAGES,
                            SINKS + ", {\"kafka\": {\"topic\": \"results\"}}", records);
                    System.out.printf("the driver alone, the same documents %d: %.0f/s%n", round, bare.perSecond());
                    bare.forget();
                    throughput(freshet, "records to MongoDB only " + round, FILTER, "{\"mongodb\": {}}", records);
                    bare.forget();
                }
            }
        }
        System.exit(0);
    }

    private static ProducerRecord<String, String> record(String topic, int n) {
        long micros = micros();
        return new ProducerRecord<>(topic, "user-" + n % 100, ("{\"id\":\"evt-%09d\",\"timestamp\":\"%s\",\"sequence\":%d,"
                + "\"event_type\":\"%s\",\"user_id\":\"user-%02d\",\"value\":%d.%02d,\"sent\":%d}").formatted(n,
                        Instant.ofEpochMilli(1_767_225_600_000L + n), n, n % 3 == 0 ? "view" : "purchase", n % 100, n % 97,
                        n % 89, micros));
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    private static void begin(FreshetProcess freshet, String name, String topic, String stages, String sinks) {
        freshet.post("/api/v1/streams", """
                {"name": "%s", "source": {"kafka": {"topic": "%s", "from": "beginning"}}, "stages": %s, "sinks": [%s]}"""
                .formatted(name, topic, stages, sinks));
    }

    private static void throughput(FreshetProcess freshet, String title, String stages, String sinks, int records) {
        String name = title.replace(' ', '-');
        long startedAt = System.nanoTime();
        begin(freshet, name, "many", stages, sinks);
        Processes.await("all records are there", PATIENCE,
                () -> freshet.statistics(name).get("inFlight").asLong() == 0
                        && freshet.statistics(name).at("/stages/0/in").asLong() >= records);
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        JsonNode statistics = freshet.statistics(name);
        System.out.printf("%s: %d records in %.1f s, %.0f/s%n", title, records, seconds, records / seconds);
        statistics.get("stages")
                .forEach(stage -> System.out.printf("    %s: p50 %.2f ms, p99 %.2f ms a batch, %.0f/s of its time%n",
                        stage.get("name").asText(), stage.path("p50Millis").asDouble(), stage.path("p99Millis").asDouble(),
                        stage.path("recordsPerSecond").asDouble()));
        freshet.post("/api/v1/streams/" + name + "/stop", "{}");
        Processes.await("it has stopped", PATIENCE, () -> freshet.statistics(name).get("state").asText().equals("stopped"));
    }

    private static void latency(FreshetProcess freshet, String servers, KafkaProducer<String, String> producer) {
        begin(freshet, "calm", "calm", RECORDS_STAGES,
                SINKS + ", {\"name\": \"copies\", \"kafka\": {\"topic\": \"calm-copies\"}}"
                        + ", {\"name\": \"kafka\", \"kafka\": {\"topic\": \"calm-results\"}}");
        try (SentTimes sent = SentTimes.follow(freshet.port(), "calm"); SentTimes read = SentTimes.read(servers, "calm")) {
            send(producer, 0, WARM_SECONDS);
            sent.clear();
            read.clear();
            Map<String, TreeMap<Double, Double>> before = buckets(freshet);
            send(producer, WARM_SECONDS, SECONDS);
            read.print("record to a consumer of the same topic at " + PER_SECOND + "/s");
            sent.print("record to socket at " + PER_SECOND + "/s");
            buckets(freshet).forEach((sink, now) -> System.out.printf(
                    "batch at %d/s, through the stages to %s: p50 %.1f ms, p99 %.1f ms at most%n",
                    PER_SECOND, sink, 1e3 * quantile(before.get(sink), now, 0.5), 1e3 * quantile(before.get(sink), now, 0.99)));
        }
        freshet.post("/api/v1/streams/calm/stop", "{}");
    }

    private static void send(KafkaProducer<String, String> producer, int from, int seconds) {
        long startedAt = System.nanoTime();
        for (int n = 0; n < seconds * PER_SECOND; n++) {
            long due = startedAt + n * 1_000_000_000L / PER_SECOND;
            while (System.nanoTime() < due) {
                Processes.pause(Duration.ofNanos(200_000));
            }
            producer.send(record("calm", from * PER_SECOND + n));
        }
        producer.flush();
        Processes.pause(Duration.ofSeconds(1));
    }

    /** How many deliveries took so long or less, by sink and seconds. */
    private static Map<String, TreeMap<Double, Double>> buckets(FreshetProcess freshet) {
        Map<String, TreeMap<Double, Double>> sinks = new TreeMap<>();
        Matcher bucket = BUCKET.matcher(freshet.text("/q/metrics"));
        while (bucket.find()) {
            double bound = bucket.group(2).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(2));
            sinks.computeIfAbsent(bucket.group(1), sink -> new TreeMap<>()).put(bound, Double.parseDouble(bucket.group(3)));
        }
        return sinks;
    }

    private static double quantile(TreeMap<Double, Double> before, TreeMap<Double, Double> now, double share) {
        Map<Double, Double> earlier = before == null ? Map.of() : before;
        double all = now.lastEntry().getValue() - earlier.getOrDefault(now.lastKey(), 0.0);
        return now.entrySet().stream().filter(each -> each.getValue() - earlier.getOrDefault(each.getKey(), 0.0) >= share * all)
                .mapToDouble(Map.Entry::getKey).findFirst().orElse(Double.NaN);
    }
}
