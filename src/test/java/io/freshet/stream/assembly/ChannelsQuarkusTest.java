package io.freshet.stream.assembly;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.stream.ArtemisResource;
import io.freshet.stream.Streams;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Records that leave through a channel and come back through another, over a real broker. */
@QuarkusTest
@WithTestResource(ArtemisResource.class)
class ChannelsQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Streams streams;

    ArtemisResource.Artemis artemis;

    @AfterEach
    void delete() {
        streams.delete("out");
        streams.delete("in");
    }

    @Test
    void recordsTravelOverMqttToTopicsOfTheirFields() {
        create("{name: in, source: {channel: {name: plant-in, addressField: topic}}, sinks: [websocket: {}]}");
        await().atMost(PATIENCE).until(() -> artemis.hasSubscription("plant"));
        create("{name: out, source: {pattern: {}}, pace: {recordsPerSecond: 500}, sinks: [channel: {name: plant-out,"
                + " address: 'plant/{event_type}', qos: 1}]}");

        awaitDelivered("in", 1000);
        given().post("/api/v1/streams/out/stop").then().statusCode(200);
        List<String> topics = given().get("/api/v1/recent/in?count=3").path("records.topic");
        assertThat(topics).containsExactlyInAnyOrder("plant/view", "plant/click", "plant/purchase");
    }

    @Test
    void recordsTravelOverAmqpAndThoseThatDoNotFitBecomeDeadLetters() {
        create("{name: in, source: {channel: orders-in}, sinks: [websocket: {}]}");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 2000}, sinks: [channel: orders-out]}");
        awaitDelivered("in", 2000);
        streams.delete("out");

        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 5}, sinks: [channel: {name: orders-out, format: value, field: event_type}]}");
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/api/v1/dead-letters?stream=in").then()
                .body("size()", greaterThanOrEqualTo(5)).body("[0].code", equalTo("malformed")));
    }

    @Test
    void aTwinLearnsTheRecordsOfAChannelAndSendsRowsInTheirPlace() {
        create("{name: in, source: {twin: {channel: observed-in, min_rows: 200}}, sinks: [websocket: {}]}");
        await().atMost(PATIENCE).until(() -> artemis.hasSubscription("observed"));
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 600}, sinks: [channel: observed-out]}");
        awaitDelivered("in", 600);

        given().get("/api/v1/models/in").then().statusCode(200).body("columns.name", hasItems("event_type", "sequence"));
        given().get("/api/v1/streams/in").then().body("definition.source.twin.channel", equalTo("observed-in"));
        streams.delete("in");
        given().delete("/api/v1/models/in").then().statusCode(204);
    }

    @Test
    void aTwinNeedsRoomForTheRecordsOfItsFirstModel() {
        given().contentType("application/yaml").body("""
                {name: in, source: {twin: {channel: {name: observed-in, buffer: 300}}}, sinks: [websocket: {}]}"""
                .getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(422).body("field", equalTo("source.twin.channel"))
                .body("detail", containsString("min_rows (500)"));
    }

    @Test
    void aRecordWithoutTheFieldsOfItsAddressIsADeadLetter() {
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 4}, sinks: [channel: {name: plant-out, address: 'plant/{machine}'}]}");

        await().atMost(PATIENCE).untilAsserted(() -> given().get("/api/v1/streams/out/statistics").then()
                .body("sinks[0].deadLettered", equalTo(4)));
        given().get("/api/v1/dead-letters?stream=out").then().body("[0].reason",
                containsString("machine has no value, which plant/{machine} needs"));
    }

    @Test
    void aChannelThatIsNotConfiguredIsRejectedWithThoseThatAre() {
        given().contentType("application/yaml")
                .body("{name: out, source: {pattern: {}}, sinks: [channel: nowhere]}".getBytes(UTF_8)).post("/api/v1/streams")
                .then().statusCode(422).body("field", equalTo("sinks[0].channel.name"))
                .body("detail", containsString("observed-out, orders-out, plant-out"));
        given().contentType("application/yaml")
                .body("{name: in, source: {channel: nowhere}, sinks: [websocket: {}]}".getBytes(UTF_8)).post("/api/v1/streams")
                .then().statusCode(422).body("field", equalTo("source.channel.name"))
                .body("detail", containsString("observed-in, orders-in, plant-in"));
    }

    private static void create(String yaml) {
        given().contentType("application/yaml").body(yaml.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
    }

    private static void awaitDelivered(String stream, int records) {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/api/v1/streams/" + stream + "/statistics").then()
                .body("totalSamples", greaterThanOrEqualTo(records)));
    }
}
