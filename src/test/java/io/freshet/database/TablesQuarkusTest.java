package io.freshet.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import java.time.Duration;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.stream.Streams;
import io.freshet.stream.definition.StreamDefinition;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class TablesQuarkusTest {

    private static final String FIT = "/api/v1/models/staff/fit-from-table";

    @Inject
    Streams streams;

    LocalPostgres database;

    @BeforeEach
    void needsPostgres() {
        Assumptions.assumeTrue(database != null, "PostgreSQL is not installed (apt-get install postgresql)");
    }

    @AfterEach
    void stop() {
        streams.delete("to-orders");
    }

    @Test
    void aModelOfATableIsPrivateWithEpsilon() {
        given().contentType("application/json").body("{\"table\": \"staff\", \"epsilon\": 5, \"delta\": 1e-6, \"budget\": 6, "
                + "\"types\": {\"age\": \"integer\"}, \"ranges\": {\"age\": \"0..120\"}}").post(FIT)
                .then().statusCode(oneOf(200, 201)).body("method", is("mst")).body("privacy.budget", is(6f));
        given().contentType("application/json").body("{\"table\": \"staff\"}").post(FIT)
                .then().statusCode(409).body("field", is("epsilon"));
        given().contentType("application/json").body("{\"table\": \"staff\", \"epsilon\": 5}").post(FIT)
                .then().statusCode(409).body("field", is("epsilon"));
        given().delete("/api/v1/models/staff").then().statusCode(204);
        given().contentType("application/json").body("{\"table\": \"staff\", \"ranges\": {\"age\": \"0..9\"}}").post(FIT)
                .then().statusCode(422).body("field", is("ranges"));
        given().contentType("application/json").body("{\"table\": \"staff\", \"epsilon\": 1, \"method\": \"trees\"}").post(FIT)
                .then().statusCode(422).body("field", is("method"));
    }

    @Test
    void fitsAModelToTheQueryOfATable() {
        given().contentType("application/json").body("{\"table\": \"staff\", \"method\": \"independent\"}").post(FIT)
                .then().statusCode(201).body("columns.name", contains("age", "letter"));

        assertThat(given().queryParam("count", 50).get("/api/v1/models/staff/samples").asString().lines())
                .hasSize(50).allMatch(line -> line.startsWith("{\"age\":"));
    }

    @Test
    void namesTheTablesThatThereAre() {
        given().contentType("application/json").body("{\"table\": \"customers\"}").post(FIT).then().statusCode(422)
                .body("detail", containsString("the configured tables are orders, staff"));
        given().contentType("application/json").body("{}").post(FIT).then().statusCode(422)
                .body("detail", is("table is missing"));
        given().contentType("application/json").body("""
                {"name": "other", "source": {"pattern": {}}, "sinks": [{"table": {"name": "customers", "fields": ["id"]}}]}
                """)
                .post("/api/v1/streams").then().statusCode(422)
                .body("detail", containsString("there is no table customers"), "detail",
                        not(containsString(LocalPostgres.PASSWORD)));
    }

    @Test
    void writesRecordsAndKeepsThoseThatTheTableRejects() throws Exception {
        streams.create(StreamDefinition.parse(new ObjectMapper().readTree("""
                {"name": "to-orders", "source": {"pattern": {}}, "pace": {"maxRecords": 3000},
                 "sinks": [{"table": {"name": "orders", "fields": ["sequence", "event_type"]}}]}
                """)));

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(
                () -> given().get("/api/v1/streams/to-orders").then().body("state", is("completed")));
        given().get("/api/v1/streams/to-orders").then().body("statistics.sinks[0].delivered", is(2000))
                .body("statistics.sinks[0].deadLettered", is(1000));
        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("2000");
    }
}
