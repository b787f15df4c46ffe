package io.freshet.rabbitmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

/**
 * A RabbitMQ server of its own on loopback, with its own node name, ports and temporary folder. It needs Debian's package
 * {@code rabbitmq-server}.
 */
public final class LocalRabbit implements AutoCloseable {

    /** A small limit, so that a test can exceed it. */
    public static final int MAX_MESSAGE_BYTES = 20_000;

    /** The program itself; the one on the path changes its user and uses the folders of the system. */
    private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration MAX_START = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private final Process portMapper;
    private Process server;

    private LocalRabbit(Path folder) throws IOException {
        this.folder = folder;
        List<Integer> ports = freePorts(3);
        this.port = ports.get(0);
        String data = folder.toString();
        environment.putAll(Map.of("HOME", data, "ERL_EPMD_PORT", ports.get(1).toString(),
                "RABBITMQ_NODENAME", "freshet-" + port + "@localhost", "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                "RABBITMQ_NODE_PORT", Integer.toString(port), "RABBITMQ_DIST_PORT", ports.get(2).toString(),
                "RABBITMQ_MNESIA_BASE", data + "/data", "RABBITMQ_LOG_BASE", data + "/log", "RABBITMQ_LOGS", "-"));
        environment.putAll(Map.of("RABBITMQ_CONF_ENV_FILE", "/dev/null", "RABBITMQ_CONFIG_FILE", data + "/rabbitmq",
                "RABBITMQ_ENABLED_PLUGINS_FILE", data + "/plugins", "RABBITMQ_PID_FILE", data + "/pid",
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
        Files.writeString(folder.resolve("plugins"), "[].");
        Files.writeString(folder.resolve("rabbitmq.conf"), "max_message_size = " + MAX_MESSAGE_BYTES + "\n");
        // otherwise the server would start one that outlives it
        this.portMapper = begin("epmd", "-port", ports.get(1).toString(), "-address", "127.0.0.1");
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    public static LocalRabbit start() {
        try {
            LocalRabbit local = new LocalRabbit(Files.createTempDirectory("freshet-rabbitmq-"));
            Files.createDirectory(local.folder.resolve("files"));
            local.startAgain();
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server that was killed, with the data that it had. */
    public void startAgain() {
        server = begin(PROGRAM.toString());
        Awaitility.await().atMost(MAX_START).pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> {
            factory().newConnection().close();
            return true;
        });
    }

    /** Kills the server without warning. */
    public void kill() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().onExit().join();
    }

    /** Returns a folder that is deleted with the server. */
    public Path folder() {
        return folder;
    }

    /** Returns how many messages of a queue wait for a consumer. */
    public int messages(String queue) throws IOException, TimeoutException {
        try (Connection connection = factory().newConnection(); Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(queue).getMessageCount();
        }
    }

    /** Deletes the messages of a queue. */
    public void purge(String queue) throws IOException, TimeoutException {
        try (Connection connection = factory().newConnection(); Channel channel = connection.createChannel()) {
            channel.queuePurge(queue);
        }
    }

    /** Returns whether a queue has a consumer. */
    public boolean hasConsumer(String queue) throws IOException, TimeoutException {
        try (Connection connection = factory().newConnection(); Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(queue).getConsumerCount() > 0;
        } catch (IOException e) {
            // the queue does not exist yet
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** Returns a factory of connections of the default user. */
    public ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        return factory;
    }

    private Process begin(String... command) {
        try {
            ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()));
            process.environment().putAll(environment);
            return process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : sockets) {
                each.close();
            }
        }
    }

    @Override
    public void close() {
        kill();
        portMapper.destroyForcibly();
        try {
            portMapper.waitFor(10, TimeUnit.SECONDS);
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
