package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class PartialFitQuarkusTest {

    private static final String MODEL = "/api/v1/models/learner";

    private static String table(int from, String colour) {
        return "amount,colour\n" + IntStream.range(0, 400).mapToObj(i -> from + i % 50 + "," + (i % 4 == 0 ? "grey" : colour))
                .collect(Collectors.joining("\n"));
    }

    private static ValidatableResponse learn(String weight, String csv) {
        return given().contentType("text/csv").body(csv.getBytes(StandardCharsets.UTF_8))
                .config(RestAssured.config().jsonConfig(JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)))
                .post(MODEL + "/partial-fit?" + (weight.contains("=") ? weight : "weight=" + weight)).then();
    }

    private static void fit(String csv) {
        given().contentType("text/csv").body(csv.getBytes(StandardCharsets.UTF_8)).put(MODEL).then()
                .body("drift", nullValue());
    }

    @AfterEach
    void forget() {
        given().delete("/api/v1/streams/learning");
        given().delete("/api/v1/streams/steadfast");
        given().delete(MODEL);
    }

    @Test
    void aModelLearnsMoreAndReportsItsDrift() {
        fit(table(100, "red"));

        learn("0.2", table(100, "blue")).statusCode(200).body("version", is(2)).body("rows", is(800))
                .body("columns.find { it.name == 'colour' }.shares.red", closeTo(.6, 1e-6))
                .body("columns.find { it.name == 'colour' }.shares.blue", closeTo(.15, 1e-6))
                .body("drift.find { it.name == 'colour' }.distance", closeTo(.15, 1e-6))
                .body("drift.find { it.name == 'amount' }.distance", closeTo(0, 1e-6));

        given().get(MODEL).then().body("version", is(2)).body("drift", notNullValue());
        String file = given().get(MODEL + "/file").asString();
        assertThat(file).contains("blue");
    }

    @Test
    void aModelTellsHowItsVersionsCameAbout() {
        fit(table(100, "red"));
        learn("0.2", table(100, "blue")).statusCode(200);
        String file = given().get(MODEL + "/file").asString();
        given().contentType("application/json").body(file.getBytes(StandardCharsets.UTF_8)).put(MODEL + "/file").then()
                .statusCode(200);

        given().config(RestAssured.config().jsonConfig(JsonConfig.jsonConfig()
                .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE))).get(MODEL + "/versions").then().statusCode(200)
                .body("version", contains(3, 2, 1)).body("cause", contains("import", "partial_fit", "fit"))
                .body("rows", contains(null, 400, 400)).body("[1].drift.furthest.name", equalTo("colour"))
                .body("[1].drift.furthest.distance", closeTo(.15, 1e-6)).body("[1].drift.mean", closeTo(.075, 1e-6))
                .body("[2].drift", nullValue());
        given().get("/api/v1/models/nobody/versions").then().statusCode(404);
    }

    @Test
    void aModelOfASlidingWindowForgetsWhatIsOlder() {
        fit(table(100, "red"));

        learn("window_rows=600", table(100, "blue")).statusCode(200).body("version", is(2)).body("rows", is(600))
                .body("columns.find { it.name == 'colour' }.shares.red", closeTo(.25, 1e-6))
                .body("columns.find { it.name == 'colour' }.shares.blue", closeTo(.5, 1e-6));
        String learning = given().get(MODEL + "/file?learning=true").asString();
        assertThat(learning).contains("\"panes\"").contains("\"origin\"");
        assertThat(given().get(MODEL + "/file").asString()).doesNotContain("panes").doesNotContain("origin");

        learn("window_rows=600", table(100, "green")).body("columns.find { it.name == 'colour' }.shares.red", nullValue());
        given().contentType("application/json").body(learning.getBytes(StandardCharsets.UTF_8)).put(MODEL + "/file");
        learn("window_rows=600", table(100, "green")).body("columns.find { it.name == 'colour' }.shares.red", nullValue())
                .body("columns.find { it.name == 'colour' }.shares.blue", closeTo(.25, 1e-6));
        learn("window=PT1H", table(100, "green")).body("rows", is(1000));
    }

    @Test
    void theSchemaOfModelFilesIsPublished() {
        given().get("/schemas/model-1.json").then().statusCode(200).body("properties.format.const", equalTo("freshet-model"))
                .body("properties.version.const", is(1));
    }

    @Test
    void errorsNameTheFieldAndChangeNothing() {
        fit(table(100, "red"));

        learn("2", table(100, "blue")).statusCode(422).body("field", equalTo("weight"));
        learn("much", table(100, "blue")).statusCode(422).body("field", equalTo("weight"));
        learn("window_rows=0", table(100, "blue")).statusCode(422).body("field", equalTo("window_rows"));
        learn("window=10", table(100, "blue")).statusCode(422).body("field", equalTo("window"))
                .body("detail", containsString("PT10M"));
        learn("window=-PT1S", table(100, "blue")).statusCode(422).body("field", equalTo("window"));
        learn("window=PT1S&weight=0.1", table(100, "blue")).statusCode(422).body("field", equalTo("window"));
        learn("0.5", "amount\n1\n2\n").statusCode(422).body("detail", containsString("no column colour"));
        learn("0.5", "amount,colour\nlots,red\n").statusCode(422).body("detail", containsString("amount"));
        given().contentType("text/csv").body("a\n1\n").post("/api/v1/models/nobody/partial-fit").then().statusCode(404);

        given().get(MODEL).then().body("version", is(1));
    }

    @Test
    void runningStreamsSwitchAtABatchUnlessTheyArePinned() throws Exception {
        fit(table(100, "red"));
        create("learning", "false", "{}");
        create("steadfast", "true", "{}");
        create("picky", "false", "{colour: red}");
        try (SocketClient learning = new SocketClient(RestAssured.port, "/streams/learning");
                SocketClient steadfast = new SocketClient(RestAssured.port, "/streams/steadfast")) {
            learning.receive();

            learn("1", table(5000, "blue")).statusCode(200);

            JsonNode message = learning.receive();
            while (!has(message, "blue")) {
                message = learning.receive();
            }
            String batch = message.get("records").get(0).get("_batch_id").asText();
            assertThat(message.get("records")).allSatisfy(record -> {
                if (record.get("_batch_id").asText().equals(batch)) {
                    assertThat(record.get("amount").asInt()).isGreaterThanOrEqualTo(5000);
                }
            });
            for (int i = 0; i < 10; i++) {
                assertThat(has(steadfast.receive(), "blue")).isFalse();
            }
        }
        given().get("/api/v1/streams/learning/statistics").then().body("source.modelVersion", is(2));
        given().get("/api/v1/streams/steadfast/statistics").then().body("source.modelVersion", is(1));
        await().untilAsserted(() -> given().get("/api/v1/streams/picky/statistics").then().body("state", equalTo("running"))
                .body("source.modelVersion", is(1)).body("source.warning", containsString("colour")));
        given().delete("/api/v1/streams/picky");
    }

    private static void create(String name, String pinned, String conditions) {
        given().contentType("application/yaml").body("""
                name: %s
                source: { model: learner, pinned: %s, conditions: %s }
                pace: { recordsPerSecond: 500, batchSize: 25 }
                sinks: [ { websocket: {} } ]
                """.formatted(name, pinned, conditions).getBytes(StandardCharsets.UTF_8)).post("/api/v1/streams").then()
                .statusCode(201);
    }

    private static boolean has(JsonNode message, String colour) {
        for (JsonNode record : message.get("records")) {
            if (record.get("colour").asText().equals(colour)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aModelOfABooleanThatBecameConstantIsListedWithTheOthers() {
        fit("flag,n\n" + IntStream.range(0, 100).mapToObj(i -> (i % 2 == 0) + "," + i % 7).collect(Collectors.joining("\n")));

        learn("1", "flag,n\n" + IntStream.range(0, 100).mapToObj(i -> "false," + i % 7).collect(Collectors.joining("\n")))
                .statusCode(200).body("columns[0].shares.false", is(1.0));

        given().get("/api/v1/models").then().statusCode(200).body("find { it.name == 'learner' }.version", is(2));
        given().get(MODEL + "/file").then().statusCode(200);
    }

    @Test
    void datesAreReadInTheFormatOfTheModelOrRejected() {
        String days = IntStream.rangeClosed(1, 28).mapToObj("%02d/03/2023,1"::formatted).collect(Collectors.joining("\n"));
        fit("day,n\n" + days + "\n");

        learn("0.5", "day,n\n01/09/2024,1\n02/09/2024,1\n").statusCode(200)
                .body("columns[0].greatest", is("02/09/2024"));
        learn("0.5", "day,n\n09/30/2024,1\n").statusCode(422)
                .body("detail", is("column day, row 1: \"09/30/2024\" is not a date in the format dd/MM/uuuu"));
    }

    @Test
    void uniqueColumnsMustBeUniqueAmongLearnedRows() {
        given().contentType("text/csv").body(unique(0)).put(MODEL + "?constraint=unique id").then().statusCode(201)
                .body("constraints", is(java.util.List.of("unique id")));

        learn("0.5", unique(1)).statusCode(422).body("detail", is("unique id does not hold: 1 values are repeated"));
    }

    private static String unique(int again) {
        return "id,n\n" + IntStream.range(0, 40).mapToObj(i -> 1000 + Math.max(again, i) + "," + i % 3)
                .collect(Collectors.joining("\n"));
    }
}
