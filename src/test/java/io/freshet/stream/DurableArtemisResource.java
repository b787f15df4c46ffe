package io.freshet.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.freshet.stream.ArtemisResource.Artemis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A broker for MQTT and AMQP 1.0 with a journal and passwords, and channels with right and wrong ones. */
public final class DurableArtemisResource implements QuarkusTestResourceLifecycleManager {

    private Path folder;
    private Artemis artemis;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("freshet-artemis-");
            Files.createDirectory(folder.resolve("files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        artemis = new Artemis(folder);
        Map<String, String> config = new HashMap<>();
        channel(config, "outgoing.plant-out", "mqtt", Map.of("topic", "plant/press", "qos", "1"));
        channel(config, "incoming.plant-in", "mqtt", Map.of("topic", "plant/#", "qos", "1"));
        // the broker keeps the subscription of a client that it knows
        channel(config, "outgoing.kept-out", "mqtt", Map.of("topic", "kept/press", "qos", "1"));
        channel(config, "incoming.kept-in", "mqtt",
                Map.of("topic", "kept/#", "qos", "1", "client-id", "reader", "auto-clean-session", "false"));
        channel(config, "outgoing.small-out", "mqtt", Map.of("topic", "small", "qos", "1", "max-message-size", "1000"));
        channel(config, "outgoing.other-out", "mqtt", Map.of("topic", "other", "qos", "1"));
        channel(config, "outgoing.guest-mqtt-out", "mqtt", Map.of("password", "wr0ng"));
        channel(config, "incoming.guest-mqtt-in", "mqtt", Map.of("password", "wr0ng"));
        // otherwise the broker makes a topic, whose messages need a subscriber
        channel(config, "outgoing.orders-out", "amqp", Map.of("address", "orders", "capabilities", "queue"));
        channel(config, "incoming.orders-in", "amqp", Map.of("address", "orders", "capabilities", "queue"));
        channel(config, "outgoing.guest-amqp-out", "amqp", Map.of("address", "orders", "password", "wr0ng"));
        channel(config, "incoming.guest-amqp-in", "amqp", Map.of("address", "orders", "password", "wr0ng"));
        channel(config, "outgoing.nowhere-out", "amqp", Map.of("address", "nowhere"));
        // short delays, so that an outage of seconds is over soon
        config.putAll(Map.of("freshet.sinks.breaker-delay", "200ms", "freshet.sinks.failing-delay", "200ms",
                "freshet.sinks.files-folder", folder.resolve("files").toString()));
        return config;
    }

    private void channel(Map<String, String> config, String channel, String kind, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("username", Artemis.USER, "password", Artemis.PASSWORD));
        all.putAll(more);
        ArtemisResource.channel(config, channel, kind, kind.equals("mqtt") ? artemis.mqtt : artemis.amqp, all);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(artemis, new TestInjector.MatchesType(Artemis.class));
    }

    @Override
    public void stop() {
        artemis.stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
