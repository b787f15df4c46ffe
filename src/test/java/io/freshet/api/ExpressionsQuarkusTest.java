package io.freshet.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** Expressions in the stages of a stream, as a client uses them. */
@QuarkusTest
class ExpressionsQuarkusTest {

    @Test
    void recordsAreFilteredAndComputedByExpressions() {
        create("""
                name: expressed
                source: { pattern: { seed: 42 } }
                pace: { maxRecords: 2000 }
                stages:
                  - filter: { expression: 'event_type in ["purchase", "click"] && value >= 5.0 && id.matches("^evt-.*[02468]$")' }
                  - transform: { set: { double_value: { expression: 'value * 2.0' }, age: { expression: 'size(user_id) + int(sequence)' } },
                                 rename: { double_value: twice } }
                sinks: [ websocket: {} ]
                """);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/api/v1/streams/expressed/statistics").path("state").equals("completed"));

        List<Integer> ins = given().get("/api/v1/streams/expressed/statistics").path("stages.in");
        List<Integer> outs = given().get("/api/v1/streams/expressed/statistics").path("stages.out");
        assertThat(ins.get(0)).isEqualTo(2000);
        assertThat(outs.get(0)).isBetween(50, 1000).isEqualTo(ins.get(1)).isEqualTo(outs.get(1));
        given().get("/api/v1/streams/expressed/statistics").then().body("stages[0].failed", equalTo(0)).body("stages[1].failed",
                equalTo(0));
        assertThat(given().get("/api/v1/recent/expressed?count=50").asString()).contains("\"twice\":").contains("\"age\":");
        given().delete("/api/v1/streams/expressed");
    }

    @Test
    void aCronExpressionSetsThePace() {
        create("""
                name: every-second
                source: { pattern: {} }
                pace: { cron: { expression: "* * * * * ?", records: 5 }, maxRecords: 10 }
                sinks: [ websocket: {} ]
                """);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/api/v1/streams/every-second/statistics").path("state").equals("completed"));

        given().contentType("application/yaml")
                .body("{name: wrong, source: {pattern: {}}, pace: {cron: {expression: '61 * * * *', records: 1}}, sinks: [websocket: {}]}"
                        .getBytes(UTF_8))
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("pace.cron.expression"))
                .body("detail", containsString("must be a cron expression"));
        given().delete("/api/v1/streams/every-second");
    }

    @Test
    void aMistakeIsNamedWithItsPlace() {
        given().contentType("application/yaml")
                .body("{name: wrong, source: {pattern: {}}, stages: [{filter: {expression: 'value > (3.0'}}], sinks: [websocket: {}]}"
                        .getBytes(UTF_8))
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("stages[0].filter.expression"))
                .body("detail", containsString("in line 1 at 13"));
    }

    private static void create(String yaml) {
        given().contentType("application/yaml").body(yaml.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
    }
}
