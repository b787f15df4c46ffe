package io.freshet.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import io.freshet.dev.LocalBroker;

/**
 * A real broker in a process of its own, with its data in a folder. It tells clients to come by way of a proxy; a second
 * listener is for those who look what is there, whatever happens to the proxy.
 */
final class BrokerProcess implements AutoCloseable {

    private static final String HOST = "127.0.0.1:";

    private final int port = Processes.freePort();
    private final int direct = Processes.freePort();
    private final int controller = Processes.freePort();
    private final int proxy;
    private final Path folder;
    private Process process;

    BrokerProcess(int proxy, Path folder) {
        this.proxy = proxy;
        this.folder = folder;
        start();
    }

    /** What the process does: port, port of the proxy, direct port, port of the controller, folder. */
    public static void main(String[] args) throws IOException {
        LocalBroker.start(Integer.parseInt(args[0]), Path.of(args[4]), Map.of(
                "listeners", "PLAINTEXT://" + HOST + args[0] + ",DIRECT://" + HOST + args[2] + ",CONTROLLER://" + HOST + args[3],
                "advertised.listeners", "PLAINTEXT://" + HOST + args[1] + ",DIRECT://" + HOST + args[2],
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,DIRECT:PLAINTEXT",
                "controller.quorum.voters", "1@" + HOST + args[3], "inter.broker.listener.name", "DIRECT"));
        System.out.println("ready");
        // until whoever started it is gone
        while (System.in.read() >= 0) {
            continue;
        }
        Runtime.getRuntime().halt(0);
    }

    void start() {
        try {
            process = new ProcessBuilder(Processes.java(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                    System.getProperty("java.class.path"), BrokerProcess.class.getName(), String.valueOf(port),
                    String.valueOf(proxy), String.valueOf(direct), String.valueOf(controller), folder.toString())
                    .redirectError(folder.resolveSibling("broker.log").toFile()).start();
            BufferedReader said = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            while (line != null && !line.equals("ready")) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the broker did not start: see " + folder.resolveSibling("broker.log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Where it can be reached past the proxy. */
    String direct() {
        return HOST + direct;
    }

    void kill() {
        Processes.kill(process);
    }

    @Override
    public void close() {
        kill();
    }
}
