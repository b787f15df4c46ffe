package io.freshet.rabbitmq;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A RabbitMQ with channels to it; without one if it is not installed, so that the tests can say so. */
public final class RabbitMqResource implements QuarkusTestResourceLifecycleManager {

    private LocalRabbit rabbit;

    @Override
    public Map<String, String> start() {
        if (!LocalRabbit.isInstalled()) {
            return Map.of();
        }
        rabbit = LocalRabbit.start();
        Map<String, String> config = new HashMap<>();
        channel(config, "outgoing.plant-out", Map.of("exchange.name", "plant"));
        channel(config, "incoming.plant-in",
                Map.of("exchange.name", "plant", "queue.name", "plant-queue", "routing-keys", "machine.#"));
        channel(config, "outgoing.guest-out", Map.of("password", "s3cret-but-wrong"));
        channel(config, "incoming.guest-in", Map.of("password", "s3cret-but-wrong"));
        channel(config, "outgoing.nowhere-out", Map.of("exchange.name", "nowhere", "exchange.declare", "false"));
        config.put("mp.messaging.connector.freshet-rabbitmq.reconnect-interval", "1");
        // short delays, so that an outage of seconds is over soon
        config.put("freshet.sinks.breaker-delay", "200ms");
        config.put("freshet.sinks.failing-delay", "200ms");
        config.put("freshet.sinks.files-folder", rabbit.folder().resolve("files").toString());
        return config;
    }

    private void channel(Map<String, String> config, String channel, Map<String, String> more) {
        String prefix = "mp.messaging." + channel + ".";
        config.put(prefix + "connector", RabbitMqConnector.NAME);
        config.put(prefix + "host", "127.0.0.1");
        config.put(prefix + "port", Integer.toString(rabbit.port()));
        more.forEach((name, value) -> config.put(prefix + name, value));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(rabbit, new TestInjector.MatchesType(LocalRabbit.class));
    }

    @Override
    public void stop() {
        if (rabbit != null) {
            rabbit.close();
        }
    }
}
