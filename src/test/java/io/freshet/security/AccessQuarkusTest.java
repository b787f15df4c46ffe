package io.freshet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Requests every endpoint from outside, as listed in the API's own description. */
@QuarkusTest
@TestProfile(Secured.class)
class AccessQuarkusTest {

    /** Queries with a body, which change nothing. */
    private static final Set<String> QUESTIONS = Set.of("post /api/v1/models/{name}/samples",
            "post /api/v1/models/{name}/evaluate", "post /api/v1/retail/events",
            "post /api/v1/retail/events/{type}");

    private record Operation(String method, String template) {

        Role needed() {
            if (method.equals("get") || QUESTIONS.contains(this.toString())) {
                return Role.READ;
            }
            return method.equals("delete") ? Role.ADMIN : Role.OPERATE;
        }

        int statusOf(RequestSpecification request) {
            return answer(request).statusCode();
        }

        Response answer(RequestSpecification request) {
            return request.redirects().follow(false).request(method.toUpperCase(Locale.ROOT),
                    template.replaceAll("\\{[a-z]+}", "there-is-none"));
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private static List<Operation> operations() {
        Map<String, Map<String, Object>> paths = as(Role.READ).accept("application/json").get("/q/openapi?format=json").then()
                .statusCode(200).extract().path("paths");
        List<Operation> operations = new ArrayList<>();
        paths.forEach((path, methods) -> methods.keySet().forEach(method -> operations.add(new Operation(method, path))));
        for (String path : List.of("/q/openapi", "/q/swagger-ui/", "/q/metrics", "/q/health", "/q/health/well",
                "/there-is-nothing")) {
            operations.add(new Operation("get", path));
        }
        assertThat(operations).hasSizeGreaterThan(30);
        return operations;
    }

    private static RequestSpecification as(Role role) {
        return given().header("Authorization", "Bearer " + Secured.key(role));
    }

    @Test
    void withoutAKeyNothingAnswersButTheProbes() {
        for (Operation operation : operations()) {
            Response answer = operation.answer(given());
            assertThat(answer.statusCode()).as(operation.toString()).isEqualTo(401);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
        for (String probe : List.of("live", "ready", "started")) {
            given().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
        }
    }

    @Test
    void theConsoleLoadsWithoutAKeyButTheSocketAtItsPathDoesNot() {
        for (String path : List.of("/", "/index.html", "/console/main.js", "/schemas/stream-1.json")) {
            given().get(path).then().statusCode(200);
        }
        given().header("Upgrade", "websocket").header("Connection", "Upgrade").header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==").get("/").then().statusCode(401);
        for (Role role : Role.values()) {
            as(role).get("/api/v1/access").then().statusCode(200).body("open", equalTo(false)).body("role", equalTo(role.id()));
        }
    }

    @Test
    void noWrongTokenOpensAnything() throws GeneralSecurityException {
        Map<String, String> wrong = SignedTokens.wrong();
        for (Operation operation : operations()) {
            wrong.forEach((what, token) -> {
                assertThat(operation.statusOf(given().header("Authorization", "Bearer " + token)))
                        .as("%s with a token %s", operation, what).isEqualTo(401);
                assertThat(operation.statusOf(given().header("X-API-Key", token))).isEqualTo(401);
            });
            assertThat(operation.statusOf(given().header("Authorization", "Basic cm9vdDpyb290"))).isEqualTo(401);
            assertThat(operation.statusOf(given().queryParam("token", Secured.key(Role.ADMIN)))).isEqualTo(401);
        }
    }

    @Test
    void eachRoleMayDoWhatItIsForAndNoMore() throws GeneralSecurityException {
        for (Operation operation : operations()) {
            for (Role role : Role.values()) {
                for (RequestSpecification request : List.of(as(role), given().header("X-API-Key", Secured.key(role)),
                        given().header("Authorization", "Bearer " + SignedTokens.right(role.id())))) {
                    int status = operation.statusOf(request);
                    if (role.covers(operation.needed())) {
                        assertThat(status).as("%s as %s", operation, role).isNotIn(401, 403).isLessThan(500);
                    } else {
                        assertThat(status).as("%s as %s", operation, role).isEqualTo(403);
                    }
                }
            }
        }
    }

    @Test
    void theDescriptionSaysHowToSayWhoOneIs() {
        as(Role.READ).accept("application/json").get("/q/openapi?format=json").then().statusCode(200)
                .body("components.securitySchemes.bearer.scheme", equalTo("bearer"))
                .body("security[0].containsKey('bearer')", equalTo(true));
    }

    @Test
    void noSpellingOfAPathOpensIt() {
        for (String path : List.of("//api/v1/models", "/api//v1/models", "/api/v1/models/", "/api/v1/./models",
                "/api/v1/x/../models",
                "/q/health/live/../../../api/v1/models", "/q/health/live/%2e%2e/%2e%2e/%2e%2e/api/v1/models",
                "/q/health/live;x/../../../api/v1/models", "/API/V1/MODELS", "/api/v1/models;a=b", "/q/health/live/",
                "/q/health/%6cive/x",
                "/%61pi/v1/models", "/q/health/live%00", "/console/../api/v1/models", "/console/%2e%2e/api/v1/models",
                "/schemas/../q/metrics", "/console%2f..%2fapi/v1/models", "/console/;x/../../api/v1/models")) {
            int status = given().urlEncodingEnabled(false).get(path).statusCode();
            assertThat(status).as(path).isIn(400, 401, 404);
        }
        given().header("X-HTTP-Method-Override", "GET").delete("/api/v1/models/x").then().statusCode(401);
        as(Role.READ).header("X-HTTP-Method-Override", "DELETE").post("/api/v1/models/x/samples").then().statusCode(415);
        as(Role.OPERATE).request("TRACE", "/api/v1/models").then().statusCode(403);
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
        as(Role.ADMIN).header("Origin", "https://evil.example").get("/api/v1/models").then().statusCode(403);
        as(Role.ADMIN).header("Origin", "null").get("/api/v1/models").then().statusCode(403);
        as(Role.ADMIN).header("Origin", "https://console.example").get("/api/v1/models").then().statusCode(200);
        as(Role.ADMIN).header("Origin", RestAssured.baseURI + ":" + RestAssured.port).get("/api/v1/models").then()
                .statusCode(200);
    }

    @Test
    void answersTellBrowsersToBeCareful() {
        for (Response answer : List.of(given().get("/api/v1/models"), as(Role.READ).get("/api/v1/models"))) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'").doesNotContain("script-src");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }
}
