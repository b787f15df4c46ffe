package io.freshet.api;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.Scratch;
import io.freshet.dev.LocalBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A real broker for black-box tests; the application is configured with its address. */
public class KafkaServer implements QuarkusTestResourceLifecycleManager {

    static final String ADDRESS = "test.kafka";

    private @Nullable LocalBroker broker;

    @Override
    public Map<String, String> start() {
        broker = LocalBroker.start(0, null);
        System.setProperty(ADDRESS, broker.bootstrapServers());
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers(), "freshet.sinks.files-folder",
                Scratch.own("files").toString(),
                "freshet.sinks.kafka.\"linger.ms\"", "2");
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
