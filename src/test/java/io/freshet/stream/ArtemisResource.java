package io.freshet.stream;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A real broker for MQTT and AMQP 1.0, and a channel in each direction for both. */
public final class ArtemisResource implements QuarkusTestResourceLifecycleManager {

    /** The broker, for tests. */
    public static final class Artemis {

        private final int mqtt = freePort();
        private final int amqp = freePort();
        private EmbeddedActiveMQ broker = start();

        private EmbeddedActiveMQ start() {
            try {
                ConfigurationImpl config = new ConfigurationImpl();
                config.setPersistenceEnabled(false).setSecurityEnabled(false).setJMXManagementEnabled(false);
                config.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + mqtt + "?protocols=MQTT");
                config.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + amqp + "?protocols=AMQP");
                EmbeddedActiveMQ started = new EmbeddedActiveMQ();
                started.setConfiguration(config);
                return started.start();
            } catch (Exception e) {
                throw new IllegalStateException("Artemis did not start", e);
            }
        }

        public int amqpPort() {
            return amqp;
        }

        /** Returns whether a subscription or queue exists whose address starts with a text. */
        public boolean hasSubscription(String address) {
            return broker.getActiveMQServer().getPostOffice().getAllBindings()
                    .anyMatch(binding -> binding.getAddress().toString().startsWith(address));
        }

        /** Stops the broker and starts it again without what it held in memory. */
        void restart() throws Exception {
            broker.stop();
            broker = start();
        }

        void stop() {
            try {
                broker.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Whether the channels of the service itself lead to the broker too. */
    public static final String SERVICE = "service";

    private final Artemis artemis = new Artemis();
    private boolean service;

    @Override
    public void init(Map<String, String> arguments) {
        service = Boolean.parseBoolean(arguments.get(SERVICE));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        channel(config, "outgoing.plant-out", "mqtt", artemis.mqtt,
                Map.of("topic", "plant/unknown", "qos", "1"));
        channel(config, "incoming.plant-in", "mqtt", artemis.mqtt, Map.of("topic", "plant/#", "qos", "1"));
        channel(config, "outgoing.orders-out", "amqp", artemis.amqp, Map.of("address", "orders"));
        channel(config, "incoming.orders-in", "amqp", artemis.amqp, Map.of("address", "orders"));
        channel(config, "outgoing.observed-out", "amqp", artemis.amqp, Map.of("address", "observed"));
        channel(config, "incoming.observed-in", "amqp", artemis.amqp, Map.of("address", "observed"));
        if (service) {
            channel(config, "outgoing.dead-letters", "amqp", artemis.amqp, Map.of("address", "letters"));
            channel(config, "outgoing.alerts", "amqp", artemis.amqp, Map.of("address", "alerts"));
            channel(config, "incoming.commands", "amqp", artemis.amqp, Map.of("address", "commands"));
        }
        return config;
    }

    private static void channel(Map<String, String> config, String channel, String kind, int port, Map<String, String> more) {
        String prefix = "mp.messaging." + channel + ".";
        config.put(prefix + "connector", "smallrye-" + kind);
        config.put(prefix + "host", "127.0.0.1");
        config.put(prefix + "port", Integer.toString(port));
        more.forEach((name, value) -> config.put(prefix + name, value));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(artemis, new TestInjector.MatchesType(Artemis.class));
    }

    @Override
    public void stop() {
        artemis.stop();
    }
}
