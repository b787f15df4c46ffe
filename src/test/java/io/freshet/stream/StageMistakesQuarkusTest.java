package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Mistakes in the stages of a definition, which are reported before anything runs. */
@QuarkusTest
@TestProfile(StagedStreamQuarkusTest.Settings.class)
class StageMistakesQuarkusTest {

    @Inject
    Streams streams;

    @AfterEach
    void forget() {
        streams.list().forEach(stream -> streams.delete(stream.name()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {filter: {all: [{field: value, op: bigger, value: 1}]}}      | stages[0].filter.all[0].op    | must be one of equals, not_equals
            {filter: {all: [{field: price, op: exists}]}}                | stages[0].filter.all[0].field | refers to an unknown field: price; expected one of data, data.amount
            {filter: {any: []}}                                          | stages[0].filter.any          | at least one
            {filter: {field: value, op: in, value: 3}}                   | stages[0].filter.value        | list
            {filter: {field: id, op: matches, value: '('}}               | stages[0].filter.value        | RE2
            {filter: {expression: 'value >'}}                            | stages[0].filter.expression   | in line 1 at 8
            {filter: {expression: 'price > 3'}}                          | stages[0].filter.expression   | refers to an unknown field: price; expected one of data, data.amount
            {filter: {expression: 'id > 3'}}                             | stages[0].filter.expression   | no matching overload for '_>_' applied to '(string, int)', in line 1 at 4
            {filter: {expression: 'value + 3.0'}}                        | stages[0].filter.expression   | must be true or false
            {filter: {expression: 'id == "a"', field: id}}               | stages[0].filter              | exactly one of
            {transform: {set: {a: {expression: 'b'}}}}                   | stages[0].transform.set.a.expression | refers to an unknown field: b
            {transform: {set: {a: {expression: 'id', field: id}}}}       | stages[0].transform.set.a     | either field or expression
            {filter: {}}                                                 | stages[0].filter              | exactly one of
            {fliter: {}}                                                 | stages[0].fliter              | is not a kind of stage; expected one of filter, transform
            {transform: {hash: {fields: id, key: nobody}}}               | stages[0].transform.hash.key  | set freshet.stages.hash-keys.nobody
            {transform: {cast: {value: money}}}                          | stages[0].transform.cast.value | integer, decimal
            {transform: {normalize: {value: {min: 3, max: 3}}}}          | stages[0].transform.normalize.value | greater max
            {route: {rules: [{when: {field: id, op: exists}, to: kafka}]}} | stages[0].route.rules[0].to | refers to an unknown sink: kafka; expected one of websocket
            {route: {rules: [{when: {field: id, op: exists}, to: websocket}]}} | stages[0].route | needs otherwise
            {handlers: {field: event_type, on: {view: [{filter: {field: id, op: is}}]}}} | stages[0].handlers.on.view[0].filter.op | exists
            {handlers: {on: {view: [{handlers: {on: {}}}]}}}             | stages[0].handlers.on.view[0].handlers | is not a kind of stage in handlers; expected one of filter, transform, enrich
            {voxels: {x: value, y: value, z: value, min: [0, 0, 0], max: [1000, 1000, 1000], cell: 1, signals: [value], kind: dense}} | stages[0].voxels | make it sparse
            {voxels: {x: value, y: value, z: value, min: [0, 0], max: [1, 1, 1], cell: 1, signals: [value]}} | stages[0].voxels.min | three numbers
            {custom: {bean: nobody}}                                     | stages[0].custom.bean         | unknown stage bean
            {custom: {bean: spikes, settings: {by: 3}}}                  | stages[0].custom.settings     | must have field and by
            {limit: {records_per_second: 5, strategy: block}}            | stages[0].limit.strategy      | drop_newest, sample
            {window: {size: 10s, slide: 3s}}                             | stages[0].window.slide        | divide the size
            {window: {size: 10s, values: {value: median}}}               | stages[0].window.values.value | p99
            {window: {size: 10s, late: nowhere}}                         | stages[0].window.late         | unknown sink
            {window: {count: 10, time: timestamp}}                       | stages[0].window.time         | is an unknown field
            {checkpoint: {expect: [{name: a}]}}                          | stages[0].checkpoint.expect[0].that | missing
            {expect: {checks: [{name: a}]}}                              | stages[0].expect.checks[0].that | missing
            {expect: {checks: [], expect: []}}                           | stages[0].expect.expect       | means the same as checks
            {filter: {field: value, op: greater_than, value: '5'}}       | stages[0].filter.value        | is text, but value is a number
            {filter: {field: sequence, operator: in, values: [1, NO]}}   | stages[0].filter.values       | is text, but sequence is a number
            {filter: {field: event_type, op: equals, value: 5}}          | stages[0].filter.value        | is a number, but event_type is text
            {filter: {field: sequence, op: matches, value: a}}           | stages[0].filter.value        | cannot match
            {filter: {expression: sequence}}                             | stages[0].filter.expression   | must be true or false
            {transform: {hash: {fields: [id, user_id], key: k, output: h}}} | stages[0].transform.hash.output | is only allowed with one field
            {window: {size: 10s, unit: h}}                               | stages[0].window.unit         | auto, s, ms, us, ns
            {limit: {records_per_second: 5, recordsPerSecond: 5}}        | stages[0].limit.recordsPerSecond | given twice
            {filter: {field: id, op: exists}, on_error: ignore}          | stages[0].on_error            | dead_letter, drop, pass, stop
            """)
    void errorsNameTheField(String stage, String path, String message) {
        String definition = "{name: wrong, source: {pattern: {}}, stages: [%s], sinks: [websocket: {}]}".formatted(stage);

        given().contentType("application/yaml").body(definition.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(422)
                .body(containsString(path)).body(containsString(message));
    }

    @Test
    void everyDocumentOfABodyBecomesAStreamOrNone() {
        String document = "name: %s\nsource: {pattern: {}}\npace: {recordsPerSecond: 1}\nsinks: [websocket: {}]\n";
        String two = document.formatted("first") + "---\n" + document.formatted("second");
        given().contentType("application/yaml").body(two.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201)
                .body("name", contains("first", "second"));

        String taken = document.formatted("third") + "---\n" + document.formatted("second");
        given().contentType("application/yaml").body(taken.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(409);
        given().get("/api/v1/streams/third").then().statusCode(404);
    }

    @Test
    void theResponseToAPutOfAModelListsTheRunningStreamsThatFollowIt() {
        String table = "a\n" + "1\n2\n3\n4\n".repeat(10);
        given().contentType("text/csv").body(table).put("/api/v1/models/followed").then().statusCode(201)
                .body("streams", nullValue());
        String definition = "{name: %s, source: {model: followed, pinned: %s}, pace: {recordsPerSecond: 1, batchSize: 50}, "
                + "sinks: [websocket: {}]}";
        for (boolean pinned : new boolean[] { false, true }) {
            given().contentType("application/yaml").body(definition.formatted("pinned-" + pinned, pinned).getBytes(UTF_8))
                    .post("/api/v1/streams").then().statusCode(201);
        }

        given().contentType("text/csv").body(table).put("/api/v1/models/followed").then().statusCode(200)
                .body("streams.stream", contains("pinned-false", "pinned-true"))
                .body("streams.follows", contains(true, false));

        given().delete("/api/v1/models/followed?force=true").then().statusCode(204);
    }

    @Test
    void aFieldThatAStageAddedCanBeUsedAndARemovedOneCannot() {
        String definition = "{name: made, source: {pattern: {}}, pace: {maxRecords: 1}, stages: [{transform: {rename: {value: price}}}, "
                + "{filter: {field: %s, op: exists}}], sinks: [websocket: {}]}";

        given().contentType("application/yaml").body(definition.formatted("price").getBytes(UTF_8)).post("/api/v1/streams")
                .then()
                .statusCode(201);
        streams.delete("made");
        given().contentType("application/yaml").body(definition.formatted("value").getBytes(UTF_8)).post("/api/v1/streams")
                .then()
                .statusCode(422).body(containsString("stages[1].filter.field refers to an unknown field: value"));
    }
}
