package io.freshet.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/**
 * A real Kafka broker with its controller, in this JVM, on loopback. A broker that starts with the port and the folder of a
 * closed one continues with its topics, as after a restart.
 */
public final class LocalBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;
    private final Path folder;
    private final boolean temporary;

    private LocalBroker(KafkaRaftServer server, int port, Path folder, boolean temporary) {
        this.server = server;
        this.port = port;
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Starts a broker and returns when it accepts requests.
     *
     * @param port 0 for any free port
     * @param folder where the broker stores its data; null for a temporary folder that is deleted on close
     * @throws IllegalStateException if the port is taken
     */
    public static LocalBroker start(int port, @Nullable Path folder) {
        return start(port, folder, Map.of());
    }

    /** Starts a broker as {@link #start(int, Path)} does, with additional broker settings. */
    public static LocalBroker start(int port, @Nullable Path folder, Map<String, String> more) {
        try {
            int listener = Loopback.port(port);
            Path data = folder != null ? Files.createDirectories(folder) : Files.createTempDirectory("kafka-");
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(data);
            }
            Properties settings = settings(listener, data);
            settings.putAll(more);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            server.startup();
            return new LocalBroker(server, listener, data, folder == null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void format(Path data) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            new Formatter().setPrintStream(silent).setNodeId(1).setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER").setMetadataLogDirectory(data.toString())
                    .setDirectories(List.of(data.toString())).setIgnoreFormatted(true).run();
        } catch (Exception e) {
            throw new IllegalStateException("the broker's folder cannot be formatted", e);
        }
    }

    private static Properties settings(int port, Path data) {
        int controller = Loopback.port(0);
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + Loopback.HOST + ":" + controller);
        settings.put("listeners",
                "PLAINTEXT://" + Loopback.HOST + ":" + port + ",CONTROLLER://" + Loopback.HOST + ":" + controller);
        settings.put("advertised.listeners", "PLAINTEXT://" + Loopback.HOST + ":" + port);
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data.toString());
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // the defaults reserve more memory than a broker on a laptop needs
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.cleaner.io.buffer.size", "65536");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        return settings;
    }

    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
