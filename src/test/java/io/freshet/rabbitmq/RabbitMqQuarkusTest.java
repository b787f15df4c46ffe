package io.freshet.rabbitmq;

import static io.freshet.stream.StreamCalls.create;
import static io.freshet.stream.StreamCalls.distinctRecords;
import static io.freshet.stream.StreamCalls.push;
import static io.freshet.stream.StreamCalls.statistics;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

import io.freshet.stream.Streams;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Records that leave for a real RabbitMQ and come back, and what its refusals look like. */
@QuarkusTest
@WithTestResource(RabbitMqResource.class)
class RabbitMqQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Streams streams;

    @ConfigProperty(name = "freshet.sinks.files-folder")
    Optional<String> files;

    LocalRabbit rabbit;

    @BeforeEach
    void needsRabbitMq() {
        Assumptions.assumeTrue(rabbit != null, "RabbitMQ is not installed (apt-get install rabbitmq-server)");
    }

    @AfterEach
    void delete() {
        streams.delete("out");
        streams.delete("in");
    }

    @Test
    void recordsTravelByRoutingKeysOfTheirFields() {
        create("{name: in, source: {channel: {name: plant-in, addressField: key}}, sinks: [websocket: {}]}");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 3000}, sinks: [channel: {name: plant-out,"
                + " address: 'machine.{event_type}'}]}");

        // the queue may be declared after the first records have left
        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(3000)));
        streams.delete("out");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 300}, sinks: [channel: {name: plant-out,"
                + " address: 'machine.{event_type}'}]}");
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "totalSamples", greaterThanOrEqualTo(300)));
        List<String> keys = given().get("/api/v1/recent/in?count=3").path("records.key");
        assertThat(keys).containsExactlyInAnyOrder("machine.view", "machine.click", "machine.purchase");
    }

    @Test
    void messagesHaveHeadersAnIdAndAType() throws Exception {
        try (Connection connection = rabbit.factory().newConnection(); Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("plant", "topic", true);
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, "plant", "headers.*");
            create("{name: out, source: {pattern: {}}, metadata: false, pace: {maxRecords: 1}, sinks: [channel: {name: plant-out,"
                    + " address: 'headers.{event_type}', headers: {user: user_id, category: data.category}}]}");
            await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(1)));

            GetResponse message = channel.basicGet(queue, true);
            assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("headers.view");
            assertThat(message.getProps().getHeaders()).containsOnlyKeys("user", "category");
            assertThat(message.getProps().getHeaders().get("user").toString()).startsWith("user-");
            assertThat(message.getProps().getMessageId()).isEqualTo("out/0");
            assertThat(message.getProps().getContentType()).isEqualTo("application/json");
            assertThat(message.getProps().getDeliveryMode()).as("persistent").isEqualTo(2);
            assertThat(new String(message.getBody(), UTF_8)).contains("\"event_type\":\"view\"");
        }
    }

    @Test
    void messagesAreAcknowledgedWhenTheSinksHaveThem() throws Exception {
        create("{name: in, source: {channel: plant-in}, sinks: [websocket: {}]}");
        await().atMost(PATIENCE).until(() -> rabbit.hasConsumer("plant-queue"));
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 500}, sinks: [channel: {name: plant-out,"
                + " address: machine.press}]}");
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "sinks[0].delivered", greaterThanOrEqualTo(500)));

        streams.delete("in");
        assertThat(rabbit.messages("plant-queue")).isZero();
    }

    @Test
    void messagesThatTheSinksLackReturnToTheQueue() throws Exception {
        create("{name: in, source: {channel: plant-in}, sinks: [channel: nowhere-out]}");
        await().atMost(PATIENCE).until(() -> rabbit.hasConsumer("plant-queue"));
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 10}, sinks: [channel: {name: plant-out,"
                + " address: machine.press}]}");
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "sinks[0].lastError", containsString("NOT_FOUND")));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(10)));

        streams.delete("in");
        await().atMost(PATIENCE).until(() -> rabbit.messages("plant-queue") == 10);
        rabbit.purge("plant-queue");
    }

    @Test
    void aWrongPasswordIsTheErrorOfSinkAndSource() {
        create("{name: in, source: {channel: guest-in}, sinks: [websocket: {}]}");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 10}, sinks: [channel: guest-out]}");

        Matcher<String> rejection = allOf(containsString("rejects user guest or its password"), not(containsString("s3cret")));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].lastError", rejection));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "source.lastError", rejection));
        given().get("/api/v1/streams/in/health").then()
                .body("alerts.find { it.name == 'SOURCE_FAILING' }.reason", rejection);
    }

    @Test
    void anUnknownExchangeIsTheErrorOfTheSink() {
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 10}, sinks: [channel: nowhere-out]}");

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].lastError",
                containsString("NOT_FOUND - no exchange 'nowhere' in vhost '/'")));
    }

    @Test
    void aRecordThatIsTooLargeForTheBrokerIsADeadLetterAndOthersArrive() {
        create("{name: out, source: {http: {}}, sinks: [channel: {name: plant-out, address: large}]}");
        String large = "x".repeat(LocalRabbit.MAX_MESSAGE_BYTES);
        push("{\"n\": 1}\n{\"n\": 2, \"text\": \"" + large + "\"}\n{\"n\": 3}\n");

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(2)));
        statistics("out", "sinks[0].deadLettered", equalTo(1));
        given().get("/api/v1/dead-letters?stream=out").then().body("[0].code", equalTo("too_large"))
                .body("[0].reason", startsWith("the message has 20"))
                .body("[0].reason", containsString("RabbitMQ accepts " + LocalRabbit.MAX_MESSAGE_BYTES));
    }

    @Test
    void nothingIsLostWhenTheBrokerIsKilledAndStartedAgain() throws Exception {
        int records = 8000;
        create("{name: in, source: {channel: plant-in}, metadata: false, sinks: [file: {path: arrived.ndjson}]}");
        await().atMost(PATIENCE).until(() -> rabbit.hasConsumer("plant-queue"));
        create("{name: out, source: {pattern: {}}, metadata: false, pace: {recordsPerSecond: 2000, maxRecords: " + records
                + "}, sinks: [channel: {name: plant-out, address: machine.press}]}");
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "totalSamples", greaterThanOrEqualTo(1000)));
        rabbit.kill();
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "source.lastError", containsString("RabbitMQ at")));
        rabbit.startAgain();

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(records)));
        statistics("out", "sinks[0].deadLettered", equalTo(0));
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(distinctRecords(Path.of(files.orElseThrow(), "arrived.ndjson"))).isEqualTo(records));
        statistics("in", "source.lastError", equalTo(null));
    }
}
