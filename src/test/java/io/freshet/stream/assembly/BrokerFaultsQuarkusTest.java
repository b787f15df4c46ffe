package io.freshet.stream.assembly;

import static io.freshet.stream.StreamCalls.create;
import static io.freshet.stream.StreamCalls.distinctRecords;
import static io.freshet.stream.StreamCalls.push;
import static io.freshet.stream.StreamCalls.statistics;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.stream.ArtemisResource;
import io.freshet.stream.DurableArtemisResource;
import io.freshet.stream.Streams;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What survives the crash of a broker of MQTT and AMQP 1.0, and what its refusals look like. */
@QuarkusTest
@WithTestResource(DurableArtemisResource.class)
class BrokerFaultsQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    Streams streams;

    @ConfigProperty(name = "freshet.sinks.files-folder")
    Optional<String> files;

    ArtemisResource.Artemis artemis;

    @AfterEach
    void delete() {
        streams.delete("out");
        streams.delete("in");
    }

    @Test
    void everyMessageOfMqttArrivesOnceTheSubscriptionExists() {
        subscribe("plant", "first.ndjson");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 3000}, sinks: [channel: plant-out]}");

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(3000)));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "sinks[0].delivered", equalTo(3000)));
    }

    @Test
    void nothingIsLostByMqttWhenTheBrokerCrashes() throws Exception {
        int records = 8000;
        subscribe("kept", "mqtt.ndjson");
        create("{name: out, source: {pattern: {}}, metadata: false, pace: {recordsPerSecond: 2000, maxRecords: " + records
                + "}, sinks: [channel: kept-out]}");
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "totalSamples", greaterThanOrEqualTo(1000)));
        artemis.crash();
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "source.lastError", containsString("MQTT broker at")));
        artemis.startAgain();

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(records)));
        statistics("out", "sinks[0].deadLettered", equalTo(0));
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(distinctRecords(Path.of(files.orElseThrow(), "mqtt.ndjson"))).isEqualTo(records));
        statistics("in", "source.lastError", nullValue());
    }

    @Test
    void aWrongPasswordOfMqttIsTheErrorOfSinkAndSource() {
        create("{name: in, source: {channel: guest-mqtt-in}, sinks: [websocket: {}]}");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 10}, sinks: [channel: guest-mqtt-out]}");

        Matcher<String> rejection = allOf(containsString("rejects user plant"), not(containsString("wr0ng")));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].lastError", rejection));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "source.lastError", rejection));
    }

    @Test
    void aRecordThatIsTooLargeForMqttIsADeadLetter() {
        create("{name: out, source: {http: {}}, sinks: [channel: small-out]}");
        push("{\"n\": 1}\n{\"n\": 2, \"text\": \"" + "x".repeat(1000) + "\"}\n{\"n\": 3}\n");

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(2)));
        given().get("/api/v1/dead-letters?stream=out").then()
                .body("find { it.code == 'too_large' }.reason", containsString("max-message-size allows 1000"));
    }

    @Test
    void aRecordWhoseTopicMqttDoesNotAllowIsADeadLetter() {
        create("{name: out, source: {http: {}}, sinks: [channel: {name: other-out, address: 'other/{machine}'}]}");
        push("{\"machine\": \"press\"}\n{\"machine\": \"all#\"}\n");

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].deadLettered", equalTo(1)));
        statistics("out", "sinks[0].delivered", equalTo(1));
        given().get("/api/v1/dead-letters?stream=out").then()
                .body("find { it.code == 'rejected' }.reason", containsString("other/all#"));
    }

    @Test
    void nothingIsLostByAmqpWhenTheBrokerCrashes() throws Exception {
        int records = 8000;
        create("{name: in, source: {channel: orders-in}, metadata: false, sinks: [file: {path: amqp.ndjson}]}");
        create("{name: out, source: {pattern: {}}, metadata: false, pace: {recordsPerSecond: 2000, maxRecords: " + records
                + "}, sinks: [channel: orders-out]}");
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "totalSamples", greaterThanOrEqualTo(1000)));
        artemis.crash();
        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].lastError", containsString("AMQP broker at")));
        artemis.startAgain();

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].delivered", equalTo(records)));
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(distinctRecords(Path.of(files.orElseThrow(), "amqp.ndjson"))).isEqualTo(records));
    }

    @Test
    void aWrongPasswordOfAmqpIsTheErrorOfSinkAndSource() {
        create("{name: in, source: {channel: guest-amqp-in}, sinks: [websocket: {}]}");
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 10}, sinks: [channel: guest-amqp-out]}");

        Matcher<String> rejection = allOf(containsString("rejects user plant"), not(containsString("wr0ng")));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].lastError", rejection));
        await().atMost(PATIENCE).untilAsserted(() -> statistics("in", "source.lastError", rejection));
    }

    @Test
    void anUnknownAddressOfAmqpIsTheErrorOfTheSink() {
        create("{name: out, source: {pattern: {}}, pace: {maxRecords: 10}, sinks: [channel: nowhere-out]}");

        await().atMost(PATIENCE).untilAsserted(() -> statistics("out", "sinks[0].lastError", containsString("nowhere")));
    }

    private void subscribe(String topic, String file) {
        create("{name: in, source: {channel: " + topic + "-in}, metadata: false, sinks: [file: {path: " + file + "}]}");
        await().atMost(PATIENCE).until(() -> artemis.hasSubscription(topic));
    }
}
