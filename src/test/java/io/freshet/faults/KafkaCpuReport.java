package io.freshet.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What Freshet needs of a core while it does nothing, and while it sends 1,000 records a second to Kafka: the jar, or with
 * {@code -Dnative.image.path} the native binary.
 */
public final class KafkaCpuReport {

    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final String STREAM = """
            {"name": "steady", "source": {"pattern": {"seed": 7}}, "pace": {"recordsPerSecond": 1000},
             "sinks": [{"kafka": {"topic": "steady"}}]}""";

    private KafkaCpuReport() {
    }

    /** @param args how many seconds are measured */
    public static void main(String[] args) throws IOException {
        Duration length = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 60);
        Path folder = Files.createTempDirectory("cpu-");
        int port = Processes.freePort();
        try (BrokerProcess broker = new BrokerProcess(port, Files.createDirectories(folder.resolve("kafka")));
                FreshetProcess freshet = new FreshetProcess(folder.resolve("freshet.log"),
                        List.of("kafka.bootstrap.servers=" + broker.direct()))) {
            Processes.pause(WARM_UP);
            double idle = ofCore(freshet, length);
            freshet.post("/api/v1/streams", STREAM);
            Processes.pause(WARM_UP);
            long before = freshet.statistics("steady").get("position").asLong();
            double busy = ofCore(freshet, length);
            double perSecond = (freshet.statistics("steady").get("position").asLong() - before) / (double) length.toSeconds();
            System.out.printf("CPU: %.2f %% of a core at %.0f records/s, %.2f %% when it does nothing%n", busy, perSecond,
                    idle);
        }
        System.exit(0);
    }

    private static double ofCore(FreshetProcess freshet, Duration length) {
        Duration before = freshet.cpu();
        Processes.pause(length);
        return 100.0 * freshet.cpu().minus(before).toNanos() / length.toNanos();
    }
}
