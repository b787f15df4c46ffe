package io.freshet.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * Watches the console follow a stream of 10,000 records a second in a real Chromium: how much processor time the packaged
 * service needs for no, one and ten consoles, then the memory of one page, minute by minute. Fails if the page grows.
 */
public final class ConsoleSoak {

    private static final String STREAM = "fast";
    private static final String DEFINITION = "name: " + STREAM + "\nsource: { pattern: {} }\n"
            + "pace: { recordsPerSecond: 10000, batchSize: 500 }\nsinks: [ { websocket: {} } ]\n";
    private static final int CONSOLES = 10;
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** What the page may grow by from the first tenth of the minutes to the last: the compiler and caches of the browser. */
    private static final double MAX_GROWTH_MB = 3;

    private final String address;
    private final ProcessHandle service;

    private ConsoleSoak(String address, ProcessHandle service) {
        this.address = address;
        this.service = service;
    }

    /** @param arguments the number of minutes, then the command */
    public static void main(String[] arguments) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path folder = Files.createTempDirectory("freshet-soak-");
        List<String> command = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("PORT", String.valueOf(port));
        Process process = builder.start();
        try (Browser browser = Browser.start(Browser.find().orElseThrow())) {
            ConsoleSoak soak = new ConsoleSoak("http://localhost:" + port, process.toHandle());
            soak.startStream();
            soak.processorTime(browser);
            soak.memory(browser.open(), Integer.parseInt(arguments[0]));
        } finally {
            process.destroy();
        }
    }

    private void startStream() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest create = HttpRequest.newBuilder(URI.create(address + "/api/v1/streams"))
                .header("Content-Type", "application/yaml").POST(HttpRequest.BodyPublishers.ofString(DEFINITION, UTF_8))
                .build();
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions()
                .until(() -> client.send(create, HttpResponse.BodyHandlers.ofString()).statusCode() == 201);
    }

    private void processorTime(Browser browser) throws InterruptedException {
        List<Tab> tabs = new ArrayList<>();
        for (int consoles : List.of(0, 1, CONSOLES)) {
            while (tabs.size() < consoles) {
                tabs.add(browser.open());
                follow(tabs.get(tabs.size() - 1));
            }
            TimeUnit.SECONDS.sleep(10);
            System.out.printf("consoles=%d: the service uses %.0f %% of a core%n", consoles, 100 * cores());
        }
        tabs.forEach(tab -> tab.go("about:blank"));
    }

    private void follow(Tab tab) {
        tab.go(address + "/#/streams/" + STREAM);
        tab.await(() -> "records flow", "document.querySelectorAll('.live tbody tr').length > 20");
    }

    /** Returns how many cores the service has used during the next seconds. */
    private double cores() throws InterruptedException {
        Duration before = used();
        long startedAt = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        return (double) used().minus(before).toNanos() / (System.nanoTime() - startedAt);
    }

    private Duration used() {
        return service.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void memory(Tab tab, int minutes) throws InterruptedException {
        follow(tab);
        List<Double> heap = new ArrayList<>();
        for (int minute = 1; minute <= minutes; minute++) {
            TimeUnit.MILLISECONDS.sleep(Duration.ofMinutes(1).minus(LOOK).toMillis());
            double cores = cores();
            try {
                heap.add(tab.heapBytes() / 1e6);
                System.out.printf("minute %d: heap %.1f MB, %d nodes, longest frame %d ms, service %.0f %% of a core, %s%n",
                        minute, heap.get(heap.size() - 1), tab.nodes(), tab.longestFrameMillis(Duration.ofSeconds(3)),
                        100 * cores,
                        tab.evaluate("document.querySelector('.live-bar [role=status]').innerText").asText());
            } catch (IllegalStateException e) {
                System.out.printf("minute %d: the page does not answer in time%n", minute);
            }
        }
        int tenth = Math.max(1, heap.size() / 10);
        double first = median(heap.subList(0, tenth));
        double last = median(heap.subList(heap.size() - tenth, heap.size()));
        System.out.printf("heap after collection, MB: first tenth %.1f, last tenth %.1f, most %.1f%n", first, last,
                heap.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        if (last - first > MAX_GROWTH_MB) {
            throw new IllegalStateException("The page grows");
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
