package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class EvaluationQuarkusTest {

    private static final String EVALUATE = "/api/v1/models/half/evaluate";

    private byte[] learned;
    private byte[] heldOut;

    @BeforeEach
    void fitHalfOfTheSample() throws IOException {
        try (InputStream csv = EvaluationQuarkusTest.class.getResourceAsStream("/samples/birdstrikes.csv")) {
            List<String> lines = new String(csv.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            learned = half(lines, 0);
            heldOut = half(lines, 1);
        }
        given().contentType("text/csv").body(learned).put("/api/v1/models/half").then().statusCode(not(422));
    }

    private static byte[] half(List<String> lines, int first) {
        return (lines.get(0) + "\n" + IntStream.range(1, lines.size()).filter(i -> i % 2 == first).mapToObj(lines::get)
                .collect(Collectors.joining("\n"))).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyScoreComesWithItsCeiling() {
        given().contentType("text/csv").body(heldOut).post(EVALUATE).then().statusCode(200)
                .body("model", equalTo("half")).body("realRows", is(1000)).body("syntheticRows", is(1000))
                .body("columnShapes.score", greaterThan(.9f)).body("columnShapes.ceiling", greaterThan(.9f))
                .body("columnPairTrends.score", greaterThan(.8f)).body("overallQuality.score", greaterThan(.85f))
                .body("columns.size()", is(14)).body("pairs.size()", is(91))
                .body("columns.find { it.name == 'Flight Date' }.metric", equalTo("KSComplement"))
                .body("columns.find { it.name == 'Wildlife Size' }.metric", equalTo("TVComplement"))
                .body("columns.find { it.name == 'Wildlife Size' }.categoryAdherence", is(1.0f))
                .body("privacy.newRowSynthesis", greaterThan(.9f)).body("privacy.dcrOverfittingProtection", nullValue());
    }

    @Test
    void theAnswerLeadsWithAVerdictAndSaysWhatEachScoreIs() {
        given().multiPart("holdout", "holdout.csv", heldOut, "text/csv")
                .multiPart("training", "training.csv", learned, "text/csv")
                .post(EVALUATE + "?target=Wildlife Size").then().statusCode(200)
                .body("verdict.summary", containsString("AUC")).body("verdict.good.size()", greaterThan(0))
                .body("detection.auc", allOf(greaterThan(.45f), lessThan(.75f)))
                .body("detection.ceiling", allOf(greaterThan(.4f), lessThan(.6f))).body("detection.columns.size()", is(3))
                .body("usefulness.target", equalTo("Wildlife Size")).body("usefulness.metric", equalTo("AUC"))
                .body("usefulness.synthetic", greaterThan(.5f)).body("usefulness.real", greaterThan(.5f))
                .body("columnPairTrends.associated.pairs", greaterThan(0)).body("privacy.closerToTraining", greaterThan(.4f))
                .body("privacy.closerToTrainingFloor", greaterThan(.4f)).body("privacy.exactCopies", lessThan(.02f))
                .body("definitions.detection.meaning", containsString("classifier"))
                .body("definitions.columnShapes.source", containsString("SDMetrics"));
    }

    @Test
    void usefulnessIsMeasuredByTheTargetOfTheFit() {
        String model = "/api/v1/models/targeted";
        given().contentType("text/csv").body(learned).put(model + "?target=Wildlife Size").then().statusCode(201)
                .body("requested.target", contains("Wildlife Size"));

        given().contentType("text/csv").body(heldOut).post(model + "/evaluate").then().statusCode(200)
                .body("usefulness.target", equalTo("Wildlife Size"));
    }

    @Test
    void aTargetIsAColumnThatCanBePredictedByAMethodWithDependence() {
        given().contentType("text/csv").body(learned).put("/api/v1/models/other?target=size").then().statusCode(422)
                .body("field", equalTo("target")).body("detail", containsString("Wildlife Size"))
                .body("allowed", hasItem("Wildlife Size"));
        given().contentType("text/csv").body(learned).put("/api/v1/models/other?target=Wildlife Size&method=independent").then()
                .statusCode(422).body("field", equalTo("target"));
        given().contentType("text/csv").body(learned).put("/api/v1/models/other?target=Wildlife Size&epsilon=1").then()
                .statusCode(422).body("field", equalTo("target"));
    }

    @Test
    void identifiersAndTextsAreScored() {
        String csv = "mail,age\n"
                + IntStream.range(0, 300).mapToObj(i -> "person%d@host%d.org,%d".formatted(i * 37, i % 90, i % 50))
                        .collect(Collectors.joining("\n"));
        given().contentType("text/csv").body(csv).put("/api/v1/models/mails?type.mail=text").then().statusCode(not(422));

        given().contentType("text/csv").body(csv).post("/api/v1/models/mails/evaluate").then().statusCode(200)
                .body("texts.size()", is(1)).body("texts[0].name", equalTo("mail")).body("texts[0].form", not(nullValue()));
    }

    @Test
    void withTheRowsThatWereLearnedOverfittingIsJudged() {
        given().multiPart("holdout", "holdout.csv", heldOut, "text/csv")
                .multiPart("training", "training.csv", learned, "text/csv")
                .post(EVALUATE + "?rows=500").then().statusCode(200).body("syntheticRows", is(500))
                .body("privacy.dcrOverfittingProtection", allOf(not(nullValue()), greaterThan(.5f)));
    }

    @Test
    void aBrowserGetsASelfContainedPage() {
        String page = given().contentType("text/csv").accept("text/html").body(heldOut).post(EVALUATE).then().statusCode(200)
                .contentType("text/html").extract().asString();

        assertThat(page).contains("<h2>Wildlife Size</h2>", "<svg", "Overall quality", "What would be noticed",
                "What the scores are").doesNotContain("<script", "http",
                        "src=");
    }

    @Test
    void errorsNameTheField() {
        given().contentType("text/csv").body(heldOut).post(EVALUATE + "?rows=0").then().statusCode(422).body("field",
                equalTo("rows"));
        given().contentType("text/csv").body(heldOut).post(EVALUATE + "?seed=x").then().statusCode(422).body("field",
                equalTo("seed"));
        given().contentType("text/csv").body(heldOut).post(EVALUATE + "?target=colour").then().statusCode(422)
                .body("field", equalTo("target")).body("detail", containsString("Wildlife Size"));
        given().contentType("text/csv").body("a,b\n1,2\n").post(EVALUATE).then().statusCode(422)
                .body("detail", containsString("no column"));
        given().contentType("text/csv").body(heldOut).post("/api/v1/models/nobody/evaluate").then().statusCode(404);
        given().multiPart("other", "x.csv", heldOut, "text/csv").post(EVALUATE).then().statusCode(422).body("field",
                equalTo("holdout"));
        given().multiPart("holdout", "x.bin", heldOut, "application/octet-stream").post(EVALUATE).then().statusCode(422)
                .body("field", equalTo("holdout"));
    }
}
