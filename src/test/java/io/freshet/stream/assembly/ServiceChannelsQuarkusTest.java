package io.freshet.stream.assembly;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.freshet.stream.ArtemisResource;
import io.freshet.stream.Streams;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Future;

/** Dead letters, commands and alerts by AMQP, in a service without Kafka. */
@QuarkusTest
@WithTestResource(value = ArtemisResource.class, initArgs = @ResourceArg(name = ArtemisResource.SERVICE, value = "true"))
class ServiceChannelsQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Streams streams;

    ArtemisResource.Artemis artemis;
    private AmqpClient client;
    private AmqpConnection connection;

    @BeforeEach
    void connect() throws Exception {
        client = AmqpClient.create(new AmqpClientOptions().setHost("127.0.0.1").setPort(artemis.amqpPort()));
        connection = result(client.connect());
    }

    @AfterEach
    void close() throws Exception {
        streams.delete("out");
        streams.delete("faulty");
        result(client.close());
    }

    @Test
    void aCommandThatCannotBeExecutedLeavesAsADeadLetterWithTheHeadersOfSmallRye() throws Exception {
        List<AmqpMessage> letters = received("letters");
        await().atMost(PATIENCE).until(() -> artemis.hasSubscription("commands"));
        result(connection.createSender("commands"))
                .send(AmqpMessage.create().withBody("{\"action\":\"generate\",\"n_samples\":0}").build());

        await().atMost(PATIENCE).until(() -> letters.stream()
                .anyMatch(each -> "commands".equals(each.applicationProperties().getString("freshet-stream"))));
        AmqpMessage letter = letters.stream()
                .filter(each -> "commands".equals(each.applicationProperties().getString("freshet-stream"))).findFirst()
                .orElseThrow();
        assertThat(letter.bodyAsBinary().toString()).isEqualTo("{\"action\":\"generate\",\"n_samples\":0}");
        assertThat(letter.applicationProperties().getString("dead-letter-reason")).startsWith("n_samples must be");
        assertThat(letter.applicationProperties().getString("dead-letter-cause")).isEqualTo("bad_command");
        assertThat(letter.id()).startsWith("commands.commands.");
        // they have left
        given().get("/api/v1/dead-letters?stream=commands").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void recordsThatAStageRejectsLeaveByTheChannel() throws Exception {
        List<AmqpMessage> letters = received("letters");
        given().contentType("application/yaml").body("""
                {name: out, source: {pattern: {}}, pace: {maxRecords: 300}, metadata: false,
                 stages: [expect: {checks: [{name: early, that: {field: sequence, op: less_than, value: 100}}]}],
                 sinks: [websocket: {}]}""".getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);

        // a letter whose acknowledgement is late is sent again under the same id
        await().atMost(PATIENCE).until(() -> letters.stream().map(AmqpMessage::id).distinct().count() == 200);
        assertThat(letters).filteredOn(letter -> letter.id().startsWith("out.")).hasSizeGreaterThanOrEqualTo(200)
                .allSatisfy(letter -> assertThat(letter.applicationProperties().getString("freshet-kind"))
                        .isEqualTo("stage"));
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/q/health/well").then()
                .body("checks.find { it.name == 'components' }.data.spilledDeadLetterBytes", equalTo(0)));
    }

    @Test
    void alertsLeaveByTheirChannel() throws Exception {
        List<AmqpMessage> alerts = received("alerts");
        // no record passes the check
        given().contentType("application/yaml").body("""
                {name: faulty, source: {pattern: {}}, pace: {maxRecords: 1000}, metadata: false,
                 stages: [expect: {checks: [{name: early, that: {field: sequence, op: less_than, value: 0}}]}],
                 sinks: [websocket: {}]}""".getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);

        await().atMost(PATIENCE).until(() -> alerts.stream().map(each -> each.bodyAsBinary().toJsonObject())
                .anyMatch(each -> each.getString("stream").equals("faulty") && each.getString("event").equals("raised")));
        assertThat(alerts.get(0).contentType()).isEqualTo("application/json");
    }

    private List<AmqpMessage> received(String address) throws Exception {
        List<AmqpMessage> messages = new CopyOnWriteArrayList<>();
        result(connection.createReceiver(address)).handler(messages::add);
        return messages;
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
