package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class PrivateModelQuarkusTest {

    private static final String MODEL = "/api/v1/models/secretive";
    private static final String DECLARED = "range.age=0..99&categories.colour=red,blue,green&delta=1e-6";
    private static final String TABLE = "age,colour\n" + IntStream.range(0, 600)
            .mapToObj(i -> 20 + i % 40 + "," + (i % 3 == 0 ? "blue" : "red")).collect(Collectors.joining("\n"))
            + "\n97,green\n";

    private static ValidatableResponse fit(String query) {
        return given().contentType("text/csv").body(TABLE.getBytes(StandardCharsets.UTF_8)).put(MODEL + "?" + query).then();
    }

    private static ValidatableResponse learn(String query) {
        return given().contentType("text/csv").body(TABLE.getBytes(StandardCharsets.UTF_8))
                .post(MODEL + "/partial-fit?" + query).then();
    }

    @AfterEach
    void forget() {
        given().delete(MODEL);
        given().delete("/api/v1/models/copy");
    }

    @Test
    void aPrivateModelShowsItsLedgerAndNothingElseOfTheFit() {
        fit("epsilon=4&" + DECLARED).statusCode(201).body("method", is("mst")).body("privacy.epsilon", lessThanOrEqualTo(4f))
                .body("privacy.epsilon", greaterThan(3f)).body("privacy.seeded", is(false))
                .body("privacy.fits[0].spent.purpose", hasItem("counts of pairs of columns")).body("notices", empty())
                .body("relations", empty()).body("fitMillis", is(0));

        given().get(MODEL + "/samples?count=20&seed=3").then().statusCode(200);
        String file = given().get(MODEL + "/file?learning=true").asString();
        assertThat(file).contains("\"privacy\"");
        given().contentType("application/json").body(file).put("/api/v1/models/copy/file").then().statusCode(201)
                .body("privacy.fits", hasSize(1));
    }

    @Test
    void updatesNeedEpsilonAndAddUp() {
        fit("epsilon=1&" + DECLARED);

        learn("weight=0.5").statusCode(422).body("field", is("epsilon"));
        learn("window_rows=100&epsilon=1").statusCode(422).body("field", is("window_rows"));
        learn("weight=0.5&epsilon=1").statusCode(200).body("version", is(2)).body("privacy.fits", hasSize(2))
                .body("privacy.epsilon", greaterThan(1.1f)).body("drift", hasSize(2)).body("fitMillis", is(0));
    }

    @Test
    void aBudgetBindsTheNameOfAModel() {
        fit("epsilon=1&budget=1.2&" + DECLARED).statusCode(201);

        fit("epsilon=1&" + DECLARED).statusCode(409).body("detail", containsString("budget of 1.2"));
        learn("epsilon=1").statusCode(409).body("detail", containsString("budget of 1.2"));
        fit("method=trees").statusCode(409).body("detail", startsWith("the model secretive has a privacy budget"));
        given().get(MODEL).then().body("version", is(1)).body("privacy.budget", is(1.2f));
        fit("epsilon=0.2&" + DECLARED).statusCode(200).body("privacy.fits", hasSize(2));
    }

    @Test
    void whatEpsilonCannotHaveIsRefused() {
        fit("epsilon=1&method=trees").statusCode(422).body("field", is("method"));
        fit("epsilon=1&constraint=unique age").statusCode(422).body("field", is("constraint"));
        fit("epsilon=1&relation=age -> colour").statusCode(422).body("field", is("relation"));
        fit("epsilon=none").statusCode(422).body("field", is("epsilon"));
        fit("epsilon=-1").statusCode(422).body("field", is("epsilon"));
        fit("epsilon=1&delta=2").statusCode(422).body("field", is("delta"));
        fit("epsilon=1&range.weight=0..1").statusCode(422).body("detail", containsString("no column weight"));
        fit("range.age=0..99").statusCode(422).body("detail", is("range.COLUMN needs epsilon"));
        fit("method=mst").statusCode(422).body("detail", containsString("needs epsilon"));
        learnOnAnotherModel();
    }

    private static void learnOnAnotherModel() {
        fit("method=independent").statusCode(201);
        learn("epsilon=1").statusCode(422).body("detail", containsString("is not private"));
    }

    @Test
    void theQualityReportSaysWhatIsPromised() {
        fit("epsilon=1&" + DECLARED);

        given().multiPart("holdout", "holdout.csv", TABLE.getBytes(StandardCharsets.UTF_8), "text/csv")
                .multiPart("training", "training.csv", TABLE.getBytes(StandardCharsets.UTF_8), "text/csv")
                .post(MODEL + "/evaluate").then().statusCode(200)
                .body("privacy.promise", startsWith("Differential privacy with an epsilon of"))
                .body("privacy.membershipAttack", is(.5f));
    }
}
