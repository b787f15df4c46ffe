package io.freshet.stream;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A real broker for MQTT and AMQP 1.0, and a channel in each direction for both. */
public final class ArtemisResource implements QuarkusTestResourceLifecycleManager {

    /** The broker, for tests. */
    public static final class Artemis {

        static final String USER = "plant";
        static final String PASSWORD = "s3cret-of-the-broker";

        final int mqtt = freePort();
        final int amqp = freePort();
        /** Where it keeps its messages; null if only in memory, and then it needs no password either. */
        private final Path folder;
        private EmbeddedActiveMQ broker;

        /** Starts a broker. */
        public Artemis(Path folder) {
            this.folder = folder;
            this.broker = start();
        }

        private EmbeddedActiveMQ start() {
            try {
                ConfigurationImpl config = new ConfigurationImpl();
                config.setPersistenceEnabled(folder != null).setSecurityEnabled(folder != null).setJMXManagementEnabled(false);
                config.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + mqtt + "?protocols=MQTT");
                config.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + amqp + "?protocols=AMQP");
                EmbeddedActiveMQ started = new EmbeddedActiveMQ();
                started.setConfiguration(config);
                if (folder != null) {
                    keep(config);
                    protect(config, started);
                }
                return started.start();
            } catch (Exception e) {
                throw new IllegalStateException("Artemis did not start", e);
            }
        }

        private void keep(ConfigurationImpl config) {
            config.setJournalType(JournalType.NIO).setJournalDirectory(folder.resolve("journal").toString())
                    .setBindingsDirectory(folder.resolve("bindings").toString())
                    .setPagingDirectory(folder.resolve("paging").toString())
                    .setLargeMessagesDirectory(folder.resolve("large").toString());
            config.addAddressSetting("nowhere", new AddressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false));
        }

        private static void protect(ConfigurationImpl config, EmbeddedActiveMQ broker) {
            SecurityConfiguration users = new SecurityConfiguration();
            users.addUser(USER, PASSWORD);
            users.addRole(USER, "all");
            broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
            config.putSecurityRoles("#", Set.of(
                    new Role("all", true, true, true, true, true, true, true, true, true, true, true, true)));
        }

        public int mqttPort() {
            return mqtt;
        }

        public int amqpPort() {
            return amqp;
        }

        /** Returns whether a subscription or queue exists whose address starts with a text. */
        public boolean hasSubscription(String address) {
            return broker.getActiveMQServer().getPostOffice().getAllBindings()
                    .anyMatch(binding -> binding.getAddress().toString().startsWith(address));
        }

        /** Stops the broker without a word to its clients. */
        public void crash() throws Exception {
            broker.getActiveMQServer().fail(false);
        }

        /** Starts the broker that crashed, with what is in its journal. */
        public void startAgain() {
            broker = start();
        }

        public void stop() {
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

    private Artemis artemis;
    private boolean service;

    @Override
    public void init(Map<String, String> arguments) {
        service = Boolean.parseBoolean(arguments.get(SERVICE));
    }

    @Override
    public Map<String, String> start() {
        artemis = new Artemis(null);
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

    static void channel(Map<String, String> config, String channel, String kind, int port, Map<String, String> more) {
        String prefix = "mp.messaging." + channel + ".";
        config.put(prefix + "connector", "freshet-" + kind);
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
