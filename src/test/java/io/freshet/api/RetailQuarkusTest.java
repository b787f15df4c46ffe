package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The retail simulator as a client sees it: over real HTTP, real sockets and a real broker. */
@QuarkusTest
@WithTestResource(KafkaServer.class)
class RetailQuarkusTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int TYPES = 15;

    @Test
    void fifteenTypesReachARealTopicWithinAMinuteOfTheStart() throws Exception {
        Instant startedAt = Instant.now();
        create("name: chain\nsource: { retail: {} }\nsinks: [ { kafka: { topic: chain } }, { websocket: {} } ]\n");
        Set<String> types = new HashSet<>();
        Map<String, String> lastTimes = new HashMap<>();
        try (SocketClient follower = new SocketClient(RestAssured.port, "/streams/chain")) {
            read("chain", record -> {
                JsonNode event = parse(record.value());
                types.add(event.get("event_type").asText());
                assertThat(record.key()).isEqualTo(event.get("partition_key").asText())
                        .isEqualTo("store_" + event.at("/payload/store_id").asInt());
                String time = event.get("ingest_timestamp").asText();
                assertThat(time).isGreaterThanOrEqualTo(lastTimes.getOrDefault(record.key(), ""));
                lastTimes.put(record.key(), time);
                return types.size() == TYPES && lastTimes.size() == 50;
            });
            assertThat(Duration.between(startedAt, Instant.now())).isLessThan(Duration.ofMinutes(1));
            assertThat(follower.receive().get("records").get(0).get("schema_version").asText()).isEqualTo("1.0");
        }
        assertThat(types).hasSize(TYPES);
        given().delete("/api/v1/streams/chain").then().statusCode(204);
    }

    @Test
    void theStreamCatchesUpWithThePastAndThenRunsLive() {
        create("""
                name: joined
                source: { retail: { stores: 3, customers: 300, products: 200, centres: 1, start: now-3d } }
                sinks: [ { file: { path: joined.ndjson } } ]
                """);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            List<String> last = given().get("/api/v1/recent/joined?count=1").path("records.ingest_timestamp");
            return !last.isEmpty() && given().get("/api/v1/streams/joined/statistics").<Number> path("totalSamples")
                    .longValue() > 1000 && given().get("/api/v1/streams/joined/statistics")
                            .<Number> path("currentSamplesPerSecond").doubleValue() < 500;
        });
        List<String> last = given().get("/api/v1/recent/joined?count=1").path("records.ingest_timestamp");

        assertThat(Instant.parse(last.get(0))).isBefore(Instant.now().plusSeconds(1));
        given().get("/api/v1/streams/joined").then().body("state", equalTo("running"))
                .body("definition.source.retail.start", containsString("Z"));
        given().delete("/api/v1/streams/joined").then().statusCode(204);
    }

    @Test
    void weightsSelectTypesAndBurstsTheirPace() throws IOException {
        create("""
                name: bursts
                source:
                  retail:
                    start: 2026-03-18T10:00:00Z
                    weights: { receipt_created: 0.3, payment_processed: 0.3, truck_arrived: 0.1 }
                    burst: { emit_interval_ms: 100, burst: 50 }
                pace: { maxRecords: 400 }
                sinks: [ { kafka: { topic: bursts } } ]
                """);
        awaitState("bursts", "completed");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        read("bursts", record -> {
            records.add(record);
            return records.size() == 400;
        });
        Set<String> receipts = new HashSet<>();
        for (ConsumerRecord<String, String> record : records) {
            JsonNode event = parse(record.value());
            assertThat(event.get("event_type").asText()).isIn("receipt_created", "payment_processed", "truck_arrived");
            if (event.get("event_type").asText().equals("receipt_created")) {
                receipts.add(event.at("/payload/receipt_id").asText());
            }
        }
        assertThat(receipts).hasSizeGreaterThan(100);
        Number seconds = given().get("/api/v1/streams/bursts/statistics").path("elapsedSeconds");
        assertThat(seconds.doubleValue()).isBetween(0.65, 10.0);
        given().delete("/api/v1/streams/bursts").then().statusCode(204);
    }

    @Test
    void aSimulationEndsWithItsPeriod() {
        create("""
                name: period
                source: { retail: { stores: 2, customers: 100, products: 200, centres: 1,
                                    start: 2026-03-18, end: 2026-03-19, speed: max } }
                sinks: [ { file: { path: period.ndjson } } ]
                """);
        awaitState("period", "completed");
        String last = given().get("/api/v1/recent/period?count=1").path("records[0].ingest_timestamp");
        assertThat(last).startsWith("2026-03-18T");
        given().delete("/api/v1/streams/period").then().statusCode(204);
        create("""
                name: minute
                source: { retail: { stores: 2, customers: 100, products: 200, centres: 1, start: 2026-03-18T10:00:00Z, speed: 600 } }
                pace: { duration: 4s }
                sinks: [ { file: { path: minute.ndjson } } ]
                """);
        awaitState("minute", "completed");
        String until = given().get("/api/v1/recent/minute?count=1").path("records[0].ingest_timestamp");
        assertThat(Instant.parse(until)).isBetween(Instant.parse("2026-03-18T10:02:00Z"),
                Instant.parse("2026-03-18T10:50:00Z"));
        given().delete("/api/v1/streams/minute").then().statusCode(204);
    }

    @Test
    void chaosIsLabelledInAHeader() throws IOException {
        create("""
                name: chaos
                source: { retail: { stores: 5, customers: 500, products: 300, centres: 1, start: 2026-03-18T08:00:00Z, speed: max } }
                chaos: { seed: 3, late: 0.02, duplicate: 0.02, out_of_order: 0.02, drop: 0.02, corrupt: 0.02, schema_drift: 0.02 }
                pace: { maxRecords: 10000 }
                sinks: [ { kafka: { topic: chaos } } ]
                """);
        awaitState("chaos", "completed");
        Map<String, Integer> labels = new HashMap<>();
        Map<String, Integer> traces = new HashMap<>();
        int[] count = { 0 };
        read("chaos", record -> {
            Header header = record.headers().lastHeader("freshet-chaos");
            String label = header == null ? "none" : new String(header.value(), StandardCharsets.US_ASCII);
            labels.merge(label.startsWith("gap:") ? "gap" : label, 1, Integer::sum);
            if (label.equals("corrupt")) {
                assertThat(isJson(record.value())).isFalse();
            } else {
                traces.merge(parse(record.value()).get("trace_id").asText(), 1, Integer::sum);
                assertThat(parse(record.value()).has("event_type")).isEqualTo(!label.equals("schema_drift"));
            }
            return ++count[0] == 10_000;
        });
        assertThat(labels.keySet()).containsExactlyInAnyOrder("none", "late", "duplicate", "out_of_order", "corrupt",
                "schema_drift", "gap");
        labels.forEach((label, number) -> assertThat(number).as(label).isGreaterThan(100));
        long twice = traces.values().stream().filter(times -> times == 2).count();
        assertThat(twice).isBetween(labels.get("duplicate") - 20L, (long) labels.get("duplicate"));
        given().delete("/api/v1/streams/chaos").then().statusCode(204);
    }

    @Test
    void schemasArePublished() {
        given().get("/api/v1/retail/schemas").then().statusCode(200).body("schemas.size()", is(TYPES + 1))
                .body("schemas", hasItem("event"));
        given().get("/api/v1/retail/schemas/receipt_created").then().statusCode(200)
                .contentType(containsString("application/schema+json"))
                .body("$schema", containsString("2020-12")).body("properties.total.type", equalTo("number"));
        given().get("/api/v1/retail/schemas/receipt").then().statusCode(404).body("allowed", hasItem("receipt_created"));
    }

    @Test
    void generatesAnEventOfATypeOnRequest() {
        List<String> types = given().get("/api/v1/retail/schemas").path("schemas");
        for (String type : types.stream().filter(name -> !name.equals("event")).toList()) {
            given().post("/api/v1/retail/events/" + type + "?seed=1&at=2026-03-18T10:00:00Z&store=1").then().statusCode(200)
                    .body("event_type", equalTo(type)).body("partition_key", equalTo("store_1"));
        }
        given().post("/api/v1/retail/events/receipt_created").then().statusCode(200)
                .body("payload.receipt_id", containsString("RCP"));
        String one = given().post("/api/v1/retail/events/payment_processed?seed=4&at=2026-05-05T12:00:00Z&store=9").asString();
        assertThat(given().post("/api/v1/retail/events/payment_processed?seed=4&at=2026-05-05T12:00:00Z&store=9").asString())
                .isEqualTo(one);
    }

    @Test
    void generatesMixedEventsOnRequest() {
        String request = "{\"count\":200,\"weights\":{\"receipt_created\":0.3,\"ble_ping_detected\":0.7},\"seed\":1,"
                + "\"at\":\"2026-03-18T10:00:00Z\",\"store\":3}";

        List<String> types = given().contentType("application/json").body(request).post("/api/v1/retail/events").then()
                .statusCode(200).body("size()", equalTo(200)).body("[0].partition_key", equalTo("store_3")).extract()
                .path("event_type");

        assertThat(types).containsOnly("receipt_created", "ble_ping_detected");
        assertThat(types.stream().filter("receipt_created"::equals).count()).isBetween(30L, 100L);
        given().contentType("application/json").body("{}").post("/api/v1/retail/events").then().statusCode(200)
                .body("size()", equalTo(10));
        given().contentType("application/json").body("{\"weights\":{\"receipt\":1}}").post("/api/v1/retail/events").then()
                .statusCode(422).body("field", equalTo("weights.receipt"));
        given().contentType("application/json").body("{\"counts\":1}").post("/api/v1/retail/events").then().statusCode(422)
                .body("field", equalTo("counts"));
    }

    @Test
    void reportsWhetherATypeCanHappenAtATime() {
        String receipt = "/api/v1/retail/events/receipt_created?seed=1&store=3&at=";
        given().get(receipt + "2026-03-18T10:00:00Z").then().statusCode(200).body("possible", equalTo(true))
                .body("store", equalTo(3));
        given().get(receipt + "2026-03-18T02:00:00Z").then().statusCode(200).body("possible", equalTo(false))
                .body("from", containsString("2026-03-18T"));
        given().get(receipt + "2026-12-25T10:00:00Z").then().statusCode(200).body("possible", equalTo(false))
                .body("from", equalTo(null));
        given().get("/api/v1/retail/events/receipt").then().statusCode(404).body("field", equalTo("type"));
    }

    @Test
    void everyErrorIsAProblemDetailThatNamesTheField() {
        given().post("/api/v1/retail/events/receipt").then().statusCode(404).body("field", equalTo("type"))
                .body("allowed", hasItem("ad_impression"));
        given().post("/api/v1/retail/events/receipt_created?at=noon").then().statusCode(422).body("field", equalTo("at"));
        given().post("/api/v1/retail/events/receipt_created?store=51").then().statusCode(422).body("field", equalTo("store"));
        Map.of("{ stores: 0 }", "source.retail.stores", "{ speed: fast }", "source.retail.speed", "{ start: tomorrow }",
                "source.retail.start", "{ weights: { receipt: 1 } }", "source.retail.weights.receipt",
                "{ burst: { burst: 10001 } }",
                "source.retail.burst.burst", "{ start: 2026-01-02, end: 2026-01-01 }", "source.retail.end", "{ sores: 1 }",
                "source.retail.sores").forEach(
                        (retail, field) -> given().contentType("application/yaml")
                                .body(("name: wrong\nsource: { retail: " + retail + " }\nsinks: [ { websocket: {} } ]\n")
                                        .getBytes(StandardCharsets.UTF_8))
                                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo(field)));
        given().contentType("application/yaml")
                .body("name: w\nsource: { retail: {} }\nchaos: { drop: 0.6, late: 0.6 }\nsinks: [ { websocket: {} } ]\n"
                        .getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("chaos"));
    }

    private static void create(String yaml) {
        given().contentType("application/yaml").body(yaml.getBytes(StandardCharsets.UTF_8)).post("/api/v1/streams").then()
                .statusCode(201);
    }

    private static void awaitState(String stream, String state) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/api/v1/streams/" + stream).path("state").equals(state));
    }

    /** Reads a topic from its beginning up to the last required record. */
    private static void read(String topic, Predicate<ConsumerRecord<String, String>> last) {
        Instant end = Instant.now().plusSeconds(60);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", System.getProperty(KafkaServer.ADDRESS), "group.id", "reader-" + topic,
                        "auto.offset.reset", "earliest", "metadata.max.age.ms", "500"),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (Instant.now().isBefore(end)) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    if (last.test(record)) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("the topic " + topic + " did not bring what was expected in a minute");
    }

    private static boolean isJson(String text) {
        try {
            MAPPER.readTree(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
