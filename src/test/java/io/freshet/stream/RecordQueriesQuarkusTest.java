package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.stream.DatabasesResource.Databases;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(DatabasesResource.class)
class RecordQueriesQuarkusTest {

    Databases databases;

    @Inject
    Streams streams;

    @Test
    void recentRecordsAreReadFromRedis() {
        Stream stream = create("""
                {name: kept, source: {pattern: {}}, pace: {maxRecords: 3000, batchSize: 100},
                 sinks: [{redis: {ttl: 60s, most: 500}}]}""");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        given().get("/api/v1/recent/kept?count=1000").then().statusCode(200).body("from", is("redis")).body("count", is(500))
                .body("records[0].sequence", is(2999)).body("records[499].sequence", is(2500));
        given().get("/api/v1/recent/kept?count=0").then().statusCode(422).body("detail", containsString("count must be 1 to"));
        streams.delete("kept");
        given().get("/api/v1/recent/kept").then().statusCode(404);
    }

    @Test
    void recentRecordsOfAStreamWithoutRedisAreReadFromMemory() {
        Stream stream = create("{name: remembered, source: {pattern: {}}, pace: {maxRecords: 30}, sinks: [websocket: {}]}");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        given().get("/api/v1/recent/remembered?count=5").then().body("from", is("memory")).body("records.sequence",
                is(List.of(29, 28, 27, 26, 25)));
        streams.delete("remembered");
    }

    @Test
    void anOutageOfRedisDelaysTheStreamAndLosesNothing() {
        Stream stream = create("""
                {name: outage, source: {pattern: {}}, pace: {recordsPerSecond: 4000, batchSize: 500, maxRecords: 30000},
                 sinks: [{redis: {most: 40000}, queue: {records: 6000}}]}""");
        await().until(() -> stream.position() > 3000);
        long before = stream.position();

        databases.killRedis();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.state() == StreamState.FAILING
                && stream.statistics().inFlight() > 5000);
        assertThat(stream.statistics().inFlight()).as("what waits is bounded").isLessThanOrEqualTo(6000);
        given().get("/api/v1/recent/outage?count=5").then().statusCode(200).body("from", is("memory")).body("count", is(5));
        given().get("/api/v1/streams/outage/health").then().body("status", is("degraded")).body("alerts.name.toString()",
                containsString("HIGH_QUEUE_UTILIZATION"));
        given().get("/q/health/ready").then().statusCode(200);
        await().untilAsserted(() -> given().get("/q/health/well").then().statusCode(503)
                .body("checks.find { it.name == 'components' }.data.redis", is("down"))
                .body("checks.find { it.name == 'components' }.data.mongodb", is("up")));
        databases.startRedisAgain();

        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);
        StreamStatistics.SinkStatistics sink = stream.statistics().sinks().get(0);
        assertThat(sink.delivered()).isEqualTo(30_000);
        assertThat(sink.failed() + sink.dropped() + sink.deadLettered()).isZero();
        // the killed server has lost its data; everything after that has arrived in order and once
        List<Integer> kept = given().get("/api/v1/recent/outage?count=10000").then().body("from", is("redis")).extract()
                .path("records.sequence");
        assertThat(kept).hasSize(10_000).first().isEqualTo(29_999);
        assertThat(kept.get(9_999)).isEqualTo(20_000);
        assertThat(before).isLessThan(30_000);
        streams.delete("outage");
    }

    @Test
    void olderRecordsAreReadFromMongoByTimeAndInPages() {
        Stream stream = create("""
                {name: past, source: {pattern: {}}, pace: {recordsPerSecond: 2000, maxRecords: 2500, batchSize: 100},
                 sinks: [{mongodb: {collection: past}}]}""");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        given().get("/api/v1/history/past?page=2&size=100").then().statusCode(200).body("from", is("mongodb"))
                .body("count", is(100)).body("more", is(true)).body("records[0].position", is(200))
                .body("records[0].record.sequence", is(200));
        given().get("/api/v1/history/past?page=24&size=100").then().body("count", is(100)).body("more", is(false));
        String middle = given().get("/api/v1/history/past?page=1000&size=1").path("records[0].time");
        int from = given().get("/api/v1/history/past?size=1&from=" + middle).path("records[0].position");
        given().get("/api/v1/history/past?size=10000&to=" + middle).then().body("count", is(from));
        given().get("/api/v1/history/past?from=1h&to=1s").then().statusCode(200);
        given().get("/api/v1/history/past?from=1s&to=1h").then().statusCode(422).body("field", is("from"));
        given().delete("/api/v1/history/past?older-than=" + middle).then().statusCode(200).body("deleted", is(from));
        given().get("/api/v1/history/past?size=1").then().body("records[0].position", is(from));
        streams.delete("past");
    }

    @Test
    void olderRecordsOfAStreamWithoutMongoAreReadFromMemory() {
        Stream stream = create(
                "{name: forgetful, source: {pattern: {}}, pace: {maxRecords: 1500, batchSize: 500}, sinks: [websocket: {}]}");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        given().get("/api/v1/history/forgetful?size=3&page=1").then().body("from", is("memory"))
                .body("records.position", is(List.of(503, 504, 505))).body("records[0].record.sequence", is(503));
        given().delete("/api/v1/history/forgetful?older-than=1d").then().body("deleted", is(0));
        given().delete("/api/v1/history/forgetful?older-than=0s").then().body("deleted", is(1000));
        given().get("/api/v1/history/forgetful").then().body("count", is(0)).body("more", is(false));
        streams.delete("forgetful");
    }

    @Test
    void errorsNameTheField() {
        create("{name: asked, source: {pattern: {}}, pace: {maxRecords: 1}, sinks: [websocket: {}]}");

        given().get("/api/v1/history/nobody").then().statusCode(404);
        given().get("/api/v1/history/asked?from=yesterday").then().statusCode(422).body("detail",
                containsString("from must be"));
        given().get("/api/v1/history/asked?size=0").then().statusCode(422).body("detail", containsString("size must be"));
        given().delete("/api/v1/history/asked").then().statusCode(422).body("detail", containsString("older-than is missing"));
        streams.delete("asked");
    }

    @Test
    void anOutageOfMongoDelaysTheStreamAndNeitherLosesNorDuplicatesRecords() {
        Stream stream = create("""
                {name: dark, source: {pattern: {}}, pace: {recordsPerSecond: 4000, batchSize: 500, maxRecords: 30000},
                 sinks: [{mongodb: {collection: dark}, queue: {records: 6000}}]}""");
        await().until(() -> stream.position() > 3000);

        databases.killMongo();
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.FAILING
                && stream.statistics().inFlight() > 5000);
        assertThat(stream.statistics().inFlight()).as("what waits is bounded").isLessThanOrEqualTo(6000);
        given().get("/api/v1/history/dark").then().statusCode(503).body("detail", containsString("MongoDB does not answer"));
        given().get("/api/v1/recent/dark?count=5").then().statusCode(200).body("from", is("memory"));
        given().get("/api/v1/streams/dark/health").then().body("status", is("degraded"));
        given().get("/q/health/ready").then().statusCode(200);
        await().untilAsserted(() -> given().get("/q/health/well").then().statusCode(503)
                .body("checks.find { it.name == 'components' }.data.redis", is("up"))
                .body("checks.find { it.name == 'components' }.data.mongodb", is("down")));
        databases.startMongoAgain();

        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);
        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(30_000);
        for (int page = 0; page < 3; page++) {
            List<Integer> kept = given().get("/api/v1/history/dark?size=10000&page=" + page).path("records.position");
            assertThat(kept).isEqualTo(IntStream.range(page * 10_000, (page + 1) * 10_000).boxed().toList());
        }
        given().get("/api/v1/history/dark?size=10000&page=3").then().body("count", is(0));
        streams.delete("dark");
    }

    private Stream create(String yaml) {
        return streams.create(StreamDefinition.parse(Definitions.yaml(yaml)));
    }
}
