package io.freshet.stream;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.freshet.deadletter.KeptLetters;
import io.freshet.dev.LocalBroker;
import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.KafkaProbe;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.kafka.SchemaRegistryConfig;
import io.freshet.kafka.channel.ConnectedChannels;
import io.freshet.kafka.sink.KafkaProducers;
import io.freshet.kafka.sink.KafkaTarget;
import io.freshet.model.Conditions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.retry.Backoff;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.Sink;
import io.freshet.source.model.ModelSource;
import io.freshet.source.model.ModelVersion;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

/**
 * Compares the throughput of streaming generated JSON to a real broker with Kafka's own ProducerPerformance, with the same
 * settings and sizes, in alternating rounds. Then measures the time from generation to consumption at 1,000 records per second.
 */
public final class KafkaReport {

    private static final int ROUNDS = 4;
    /** How many records are sent while latencies are measured. */
    private static final int PACED = 20_000;

    private KafkaReport() {
    }

    /** @param args the number of records per round; anything after it limits the report to the price of the channel */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
        SynthesisModel model = model();
        try (LocalBroker broker = LocalBroker.start(0, null)) {
            Map<String, String> settings = Map.of("acks", "all", "linger.ms", "5", "batch.size", "131072");
            KafkaTarget plain = target(settings, true, false);
            compare("past the channel",
                    () -> Round.of(records, () -> toEnd(stream(broker, model, whole(records), plain, false))),
                    "through the channel", () -> ours(broker, model, records, plain));
            if (args.length > 1) {
                System.exit(0);
            }
            for (boolean ids : new boolean[] { false, true }) {
                compare("ProducerPerformance", () -> theirs(broker, records, settings),
                        "Freshet " + (ids ? "with" : "without") + " ids",
                        () -> ours(broker, model, records, target(settings, ids, false)));
            }
            compare("Kafka's producer with the same headers", () -> theirsWithHeaders(broker, records, settings),
                    "Freshet with ids", () -> ours(broker, model, records, target(settings, true, false)));
            compare("at least once", () -> ours(broker, model, records, target(settings, true, false)), "exactly once",
                    () -> ours(broker, model, records, target(settings, true, true)));
            latency(broker, "Kafka's producer alone, linger 0", () -> bare(broker));
            latency(broker, "Freshet, linger 0", () -> paced(broker, model, "0", false));
            latency(broker, "Freshet, linger 5, exactly once", () -> paced(broker, model, "5", true));
        }
        System.exit(0);
    }

    /**
     * The result of a round.
     *
     * @param cpuMicros the CPU time per record of all threads, including those of the broker; less sensitive to other work on
     *        the machine than the elapsed time
     */
    private record Round(double perSecond, double cpuMicros) {

        static Round of(int records, Runnable work) {
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = system.getProcessCpuTime();
            long startedAt = System.nanoTime();
            work.run();
            return new Round(records / ((System.nanoTime() - startedAt) / 1e9),
                    (system.getProcessCpuTime() - cpu) / 1e3 / records);
        }
    }

    /** Compares two ways of sending, in alternating rounds. */
    private static void compare(String oneName, Supplier<Round> one, String otherName, Supplier<Round> other) {
        List<Round> ones = new ArrayList<>();
        List<Round> others = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ones.add(one.get());
            others.add(other.get());
            System.out.printf("round %d: %s %.0f/s, %s %.0f/s%n", round, oneName, ones.get(round).perSecond(), otherName,
                    others.get(round).perSecond());
        }
        double rate = median(others, Round::perSecond) / median(ones, Round::perSecond);
        double cpu = median(ones, Round::cpuMicros) / median(others, Round::cpuMicros);
        System.out.printf("median: %s %.0f/s with %.1f µs of CPU a record, %s %.0f/s with %.1f µs; ratio %.2f, by CPU %.2f%n",
                oneName, median(ones, Round::perSecond), median(ones, Round::cpuMicros), otherName,
                median(others, Round::perSecond), median(others, Round::cpuMicros), rate, cpu);
    }

    private static KafkaTarget target(Map<String, String> settings, boolean ids, boolean once) {
        return new KafkaTarget("freshet", Optional.empty(), Optional.empty(), false, 0, Optional.empty(), ids, once,
                Optional.empty(), settings);
    }

    /** The first rounds warm up. */
    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        double[] sorted = rounds.stream().skip(1).mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Round theirs(LocalBroker broker, int records, Map<String, String> settings) {
        String properties = settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
        String[] args = ("--topic perf --num-records " + records + " --record-size 200 --throughput -1 --producer-props "
                + "bootstrap.servers=" + broker.bootstrapServers() + " " + properties).split(" ");
        PrintStream out = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            Method main = Class.forName("org.apache.kafka.tools.ProducerPerformance").getMethod("main", String[].class);
            return Round.of(records, () -> {
                try {
                    main.invoke(null, (Object) args);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            System.setOut(out);
        }
    }

    /** Sends as ProducerPerformance does, with a header in each record as long as ours. */
    private static Round theirsWithHeaders(LocalBroker broker, int records, Map<String, String> settings) {
        byte[] payload = new byte[200];
        Arrays.fill(payload, (byte) 'x');
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("bootstrap.servers", broker.bootstrapServers());
        LongAdder bytes = new LongAdder();
        return Round.of(records, () -> {
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (int i = 0; i < records; i++) {
                    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>("perf-headers", payload);
                    message.headers().add("freshet-id", ("perf/" + i).getBytes(StandardCharsets.UTF_8));
                    producer.send(message, (metadata, thrown) -> bytes.add(payload.length));
                }
                producer.flush();
            }
            if (bytes.sum() != (long) records * payload.length) {
                throw new IllegalStateException("not all were sent");
            }
        });
    }

    private static Round ours(LocalBroker broker, SynthesisModel model, int records, KafkaTarget target) {
        Stream stream = stream(broker, model, whole(records), target, true);
        return Round.of(records, () -> toEnd(stream));
    }

    private static String whole(int records) {
        return "{maxRecords: " + records + "}";
    }

    private static void toEnd(Stream stream) {
        stream.start();
        stream.awaitEnd(Duration.ofMinutes(3));
    }

    /** @param channel whether batches pass the channel {@code records}, as they do in the service */
    private static Stream stream(LocalBroker broker, SynthesisModel model, String pace, KafkaTarget target, boolean channel) {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: perf, source: {pattern: {}}, metadata: true, pace: %s, sinks: [{websocket: {}}]}""".formatted(pace)));
        SinkSettings config = new SinkSettings(Optional.empty());
        KafkaConnection connection = new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers()), config);
        KafkaProducers producers = new KafkaProducers(connection, config, new SchemaRegistry(new NoRegistry()),
                new KafkaProbe(connection));
        // each with a position of its own
        Sink direct = producers.sink("perf" + System.nanoTime(), "", target, null);
        Sink sink = channel ? ConnectedChannels.records(connection).to(direct) : direct;
        ModelVersion version = new ModelVersion(1, model);
        ModelSource source = new ModelSource(version, Optional::empty,
                new ModelSource.Settings(42, Conditions.none(), 1000, 1000));
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10)), new KeptLetters(), StreamMetrics.NONE,
                StreamTime.SYSTEM, Executors.newCachedThreadPool());
        SinkTask run = new SinkTask("perf", "kafka",
                // the guard only exists in the service; each batch passes it once
                sink,
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()), sinkContext);
        return new Stream(definition, new Stream.Parts(source, List.of(run), StreamMetrics.NONE, batch -> {
        }, StreamTime.SYSTEM), 0, StreamState.RUNNING);
    }

    private static void paced(LocalBroker broker, SynthesisModel model, String linger, boolean once) {
        stream(broker, model, "{recordsPerSecond: 1000, maxRecords: " + PACED + "}",
                target(Map.of("acks", "all", "linger.ms", linger), true, once), true).start();
    }

    /** Sends ten messages of the same size every hundredth of a second. */
    private static void bare(LocalBroker broker) {
        Thread sender = new Thread(() -> {
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", "0"),
                    new StringSerializer(), new StringSerializer())) {
                long startedAt = System.nanoTime();
                for (int n = 0; n < PACED; n++) {
                    LockSupport.parkNanos(startedAt + n / 10 * 10_000_000L - System.nanoTime());
                    producer.send(new ProducerRecord<>("freshet",
                            "{\"pad\":\"" + "x".repeat(150) + "\",\"_generated_at\":\"" + Instant.now() + "\"}"));
                }
            }
        });
        sender.start();
    }

    private static void latency(LocalBroker broker, String title, Runnable start) {
        double[] millis = new double[PACED];
        int read = 0;
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", title, "auto.offset.reset",
                        "latest",
                        "isolation.level", "read_committed"),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("freshet"));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(100));
            }
            consumer.poll(Duration.ofMillis(500));
            start.run();
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
        System.out.printf("latency at 1000/s, %s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n", title, quantile.apply(500),
                quantile.apply(990), quantile.apply(999));
    }

    /** Fits a model whose records have about two hundred bytes. */
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
