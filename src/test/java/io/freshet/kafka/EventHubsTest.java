package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.dev.LocalBroker;
import io.freshet.sink.SinkConfig;

class EventHubsTest {

    private static final String KEY = "Endpoint=sb://127.0.0.1:%d/;SharedAccessKeyName=Root;SharedAccessKey=c2VjcmV0+/=;EntityPath=hub";

    @Test
    void aConnectionStringBecomesTheSettingsOfTheKafkaEndpoint() {
        Map<String, String> settings = EventHubs
                .settings("Endpoint=sb://my-space.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=c2VjcmV0");

        assertThat(settings).containsEntry("bootstrap.servers", "my-space.servicebus.windows.net:9093")
                .containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "PLAIN");
        assertThat(settings.get("sasl.jaas.config")).contains("username=\"$ConnectionString\"")
                .contains("password=\"Endpoint=sb://my-space");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "s3cret", "Endpoint=sb://a.b/",
            "Endpoint=https://a.b/;SharedAccessKeyName=n;SharedAccessKey=s3cret",
            "Endpoint=sb://a.b/;SharedAccessKeyName=n", "Endpoint=sb://a b/;SharedAccessKeyName=n;SharedAccessKey=s3cret",
            "Endpoint=sb://a.b/;SharedAccessKeyName=n;SharedAccessKey=s3cret\";x=\"" })
    void refusesAMalformedOneWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> EventHubs.settings(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SharedAccessKeyName=NAME").hasMessageNotContaining("s3cret");
    }

    @Test
    void anApplicationOfEntraIdGetsInWithATokenForTheNamespace() {
        String string = "Endpoint=sb://my-space.servicebus.windows.net/;EntityPath=orders";
        KafkaConnection connection = new KafkaConnection(Map.of(), Map.of(), Optional.of(string),
                Optional.of(application("s3cret")));

        assertThat(connection.defaultTopic()).hasValue("orders");
        assertThat(connection.producerSettings()).containsEntry("bootstrap.servers", "my-space.servicebus.windows.net:9093")
                .containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "OAUTHBEARER")
                .containsEntry("sasl.oauthbearer.token.endpoint.url", "https://login.example/my-tenant/oauth2/v2.0/token")
                .containsEntry("sasl.oauthbearer.client.credentials.client.id", "my-app")
                .containsEntry("sasl.oauthbearer.client.credentials.client.secret", "s3cret")
                .containsEntry("sasl.oauthbearer.scope", "https://my-space.servicebus.windows.net/.default");
        assertThatThrownBy(() -> EventHubs.settings(string, application("s3\"cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("freshet.sinks.entra").hasMessageNotContaining("s3");
        assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls"))
                .contains("https://login.example/my-tenant/oauth2/v2.0/token");
    }

    private static SinkConfig.EntraConfig application(String secret) {
        return new SinkConfig.EntraConfig() {
            @Override
            public Optional<String> tenantId() {
                return Optional.of("my-tenant");
            }

            @Override
            public Optional<String> clientId() {
                return Optional.of("my-app");
            }

            @Override
            public Optional<String> clientSecret() {
                return Optional.of(secret);
            }

            @Override
            public Optional<String> authority() {
                return Optional.of("https://login.example/");
            }
        };
    }

    @Test
    void aBrokerThatKnowsTheConnectionStringLetsUsInAndNobodyElse() throws Exception {
        try (SaslBroker broker = SaslBroker.start(KEY)) {
            String text = KEY.formatted(broker.port());
            KafkaConnection connection = connection(text);
            try (KafkaProducer<byte[], byte[]> producer = connection.producer(Map.of())) {
                producer.send(new ProducerRecord<>("hub", new byte[] { 7 })).get(30, TimeUnit.SECONDS);
            }
            List<Byte> read = new ArrayList<>();
            try (KafkaConsumer<byte[], byte[]> consumer = connection
                    .consumer(Map.of("group.id", "g", "auto.offset.reset", "earliest"))) {
                consumer.subscribe(List.of("hub"));
                long end = System.nanoTime() + 30_000_000_000L;
                while (read.isEmpty() && System.nanoTime() < end) {
                    consumer.poll(java.time.Duration.ofMillis(100)).forEach(message -> read.add(message.value()[0]));
                }
            }
            assertThat(read).containsExactly((byte) 7);

            try (KafkaProducer<byte[], byte[]> producer = connection(text.replace("c2Vj", "xxxx")).producer(Map.of())) {
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("hub", new byte[1])).get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(SaslAuthenticationException.class)
                        .hasMessageNotContaining("xxxx");
            }
        }
    }

    private static KafkaConnection connection(String text) {
        // the test broker has no certificate
        return new KafkaConnection(Map.of(), Map.of("security.protocol", "SASL_PLAINTEXT"), java.util.Optional.of(text));
    }

    /** A broker with a SASL listener and one user, like the Kafka endpoint of Event Hubs. */
    private record SaslBroker(LocalBroker broker) implements AutoCloseable {

        static SaslBroker start(String pattern) {
            try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                int port = free.getLocalPort();
                free.close();
                String password = pattern.formatted(port);
                return new SaslBroker(LocalBroker.start(port, null, Map.of("listener.security.protocol.map",
                        "CONTROLLER:PLAINTEXT,PLAINTEXT:SASL_PLAINTEXT", "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN", "listener.name.plaintext.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$ConnectionString\" password=\""
                                + password + "\" user_$ConnectionString=\"" + password + "\";")));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        int port() {
            return broker.port();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
