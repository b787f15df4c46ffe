package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

@QuarkusTest
class ApiFuzzQuarkusTest {

    @Test
    void noRequestCausesAnInternalError() throws Exception {
        ApiFuzz fuzz = new ApiFuzz("http://localhost:" + RestAssured.port, 42).send(1500);
        assertThat(fuzz.defects()).isEmpty();
        assertThat(fuzz.statuses().keySet()).as("it gets through to what answers").contains(200, 404, 422);
    }
}
