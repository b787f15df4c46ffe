package io.freshet.stream;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

import io.freshet.dev.LocalBroker;
import io.freshet.model.Conditions;
import io.freshet.model.ModelFitter;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.sink.KafkaConnection;
import io.freshet.sink.KafkaProducers;
import io.freshet.sink.KafkaTarget;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.SchemaRegistry;
import io.freshet.sink.SchemaRegistryConfig;
import io.freshet.sink.Sink;
import io.freshet.source.ModelSource;
import io.freshet.source.ModelVersion;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

/**
 * Streams JSON made fresh from a model into a real broker, in turns with Kafka's own ProducerPerformance with the same settings
 * and
 * sizes; then the time from generation to a consumer's hands at 1,000 records a second.
 */
public final class KafkaReport {

    private static final int ROUNDS = 4;

    private KafkaReport() {
    }

    /** @param args how many records a round has */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
        SynthesisModel model = model();
        try (LocalBroker broker = LocalBroker.start(0, null)) {
            for (boolean ids : new boolean[] { false, true }) {
                throughput(broker, model, records, ids);
            }
            exactlyOnce(broker, model, records);
            latency(broker, model, "0", false);
            latency(broker, model, "5", true);
        }
        System.exit(0);
    }

    private static void throughput(LocalBroker broker, SynthesisModel model, int records, boolean ids) throws Exception {
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> settings = Map.of("acks", "all", "linger.ms", "5", "batch.size", "131072");
            theirs[round] = theirs(broker, records, settings);
            ours[round] = ours(broker, model, records, target(settings, ids, false));
            System.out.printf("round %d: ProducerPerformance %.0f/s, Freshet %.0f/s (ids %s)%n", round, theirs[round],
                    ours[round],
                    ids);
        }
        System.out.printf("median: ProducerPerformance %.0f/s, Freshet %.0f/s, ratio %.2f (ids %s)%n", median(theirs),
                median(ours), median(ours) / median(theirs), ids);
    }

    /** Transactions beside none. */
    private static void exactlyOnce(LocalBroker broker, SynthesisModel model, int records) {
        Map<String, String> settings = Map.of("acks", "all", "linger.ms", "5", "batch.size", "131072");
        double[] once = new double[ROUNDS];
        double[] least = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            least[round] = ours(broker, model, records, target(settings, true, false));
            once[round] = ours(broker, model, records, target(settings, false, true));
            System.out.printf("round %d: at least once %.0f/s, exactly once %.0f/s%n", round, least[round], once[round]);
        }
        System.out.printf("median: at least once %.0f/s, exactly once %.0f/s, ratio %.2f%n", median(least), median(once),
                median(once) / median(least));
    }

    private static KafkaTarget target(Map<String, String> settings, boolean ids, boolean once) {
        return new KafkaTarget("freshet", Optional.empty(), Optional.empty(), false, 0, false, ids, once, settings);
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).skip(1).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double theirs(LocalBroker broker, int records, Map<String, String> settings) throws Exception {
        String properties = settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        long begun = System.nanoTime();
        try {
            String[] args = ("--topic perf --num-records " + records + " --record-size 200 --throughput -1 --producer-props "
                    + "bootstrap.servers=" + broker.bootstrapServers() + " " + properties).split(" ");
            Class<?> tool = Class.forName("org.apache.kafka.tools.ProducerPerformance");
            tool.getMethod("main", String[].class).invoke(null, (Object) args);
        } finally {
            System.setOut(out);
        }
        return records / ((System.nanoTime() - begun) / 1e9);
    }

    private static double ours(LocalBroker broker, SynthesisModel model, int records, KafkaTarget target) {
        Stream stream = stream(broker, model, "{maxRecords: " + records + "}", target);
        long begun = System.nanoTime();
        stream.start();
        stream.awaitEnd(Duration.ofMinutes(3));
        return stream.position() / ((System.nanoTime() - begun) / 1e9);
    }

    private static Stream stream(LocalBroker broker, SynthesisModel model, String pace, KafkaTarget target) {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: perf, source: {pattern: {}}, metadata: true, pace: %s, sinks: [{websocket: {}}]}""".formatted(pace)));
        SinkSettings config = new SinkSettings(Optional.empty());
        KafkaProducers producers = new KafkaProducers(
                new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers()), config), config,
                new SchemaRegistry(new NoRegistry()), null, null);
        // each with a position of its own
        Sink sink = producers.sink("perf" + System.nanoTime(), target);
        ModelVersion version = new ModelVersion(1, model);
        ModelSource source = new ModelSource(version, Optional::empty,
                new ModelSource.Settings(42, Conditions.none(), 1000, 1000));
        SinkRun.Surroundings surroundings = new SinkRun.Surroundings(
                new SinkRun.Patience(Duration.ofSeconds(1), Duration.ofSeconds(10)), new KeptLetters(), StreamMetrics.NONE,
                StreamTime.SYSTEM, Executors.newCachedThreadPool());
        SinkRun run = new SinkRun("perf", "kafka",
                // the guard lives in the service only; it is passed once a batch
                sink,
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()), surroundings);
        return new Stream(definition, new Stream.Parts(source, List.of(run), StreamMetrics.NONE, batch -> {
        }, StreamTime.SYSTEM), 0, StreamState.RUNNING);
    }

    private static void latency(LocalBroker broker, SynthesisModel model, String linger, boolean once) {
        Stream stream = stream(broker, model, "{recordsPerSecond: 1000, maxRecords: 20000}",
                target(Map.of("acks", "all", "linger.ms", linger), true, once));
        double[] millis = new double[20_000];
        int read = 0;
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "latency" + once, "auto.offset.reset",
                        "latest",
                        "isolation.level", "read_committed"),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("freshet"));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(100));
            }
            consumer.poll(Duration.ofMillis(500));
            stream.start();
            while (read < millis.length) {
                for (var message : consumer.poll(Duration.ofMillis(100))) {
                    String text = message.value();
                    int at = text.indexOf("_generated_at\":\"") + 16;
                    Instant generated = Instant.parse(text.substring(at, text.indexOf('"', at)));
                    millis[read++] = Duration.between(generated, Instant.now()).toNanos() / 1e6;
                }
            }
        }
        // the first seconds warm up
        double[] sorted = Arrays.stream(millis).skip(5_000).sorted().toArray();
        IntFunction<Double> quantile = thousandths -> sorted[sorted.length * thousandths / 1000];
        System.out.printf("latency at 1000/s, linger %s%s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n", linger,
                once ? ", exactly once" : "", quantile.apply(500), quantile.apply(990), quantile.apply(999));
    }

    /** Records of about two hundred bytes. */
    private static SynthesisModel model() throws Exception {
        String table = "customer_id,age,region,income,segment,since,score,active\n" + IntStream.range(0, 5_000)
                .mapToObj(i -> "C-%06d,%d,%s,%d.%02d,%s,2025-%02d-%02d,%d,%s".formatted(i * 7919 % 1_000_000, 18 + i * 31 % 70,
                        List.of("North", "South", "East", "West").get(i % 4), 20_000 + i * 37 % 90_000, i % 100,
                        List.of("private", "business", "public").get(i * 7 % 3), i % 12 + 1, i % 28 + 1, i * 13 % 1000,
                        i % 3 == 0))
                .collect(Collectors.joining("\n"));
        try (InputStream in = new java.io.ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8))) {
            return ModelFitter.fit(TableReader.read(in, TableFormat.CSV, ReadOptions.defaults()),
                    SynthesisMethod.GAUSSIAN_COPULA);
        }
    }

    private record NoRegistry() implements SchemaRegistryConfig {
        @Override
        public Optional<String> url() {
            return Optional.empty();
        }

        @Override
        public Optional<String> credentials() {
            return Optional.empty();
        }
    }
}
