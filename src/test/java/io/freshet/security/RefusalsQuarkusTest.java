package io.freshet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The responses to rejected requests, their lines in the audit log, and settings that narrow access. */
@QuarkusTest
@TestProfile(RefusalsQuarkusTest.Narrow.class)
class RefusalsQuarkusTest {

    /** A service with a low request rate, groups of other names, a path for operators only, and one that claims to be open. */
    public static class Narrow extends Secured {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("freshet.security.limits.requests-per-second", "5");
            settings.put("freshet.security.jwt.admin-group", "chiefs");
            settings.put("mp.jwt.token.header", "Cookie");
            settings.put("mp.jwt.token.cookie", "token");
            settings.put("quarkus.http.auth.policy.operators.roles-allowed", "operate");
            settings.put("quarkus.http.auth.permission.narrow.paths", "/narrow");
            settings.put("quarkus.http.auth.permission.narrow.policy", "operators");
            settings.put("quarkus.http.auth.permission.wide.paths", "/q/*");
            settings.put("quarkus.http.auth.permission.wide.policy", "permit");
            return settings;
        }
    }

    private final List<String> audit = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final ExtHandler handler = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord line) {
            if (line.getLoggerName().equals("freshet.audit")) {
                audit.add(line.getFormattedMessage());
            } else if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                errors.add(line.getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void logsNothingElse() {
        Logger.getLogger("").removeHandler(handler);
        assertThat(errors).isEmpty();
    }

    private static RequestSpecification as(String credential) {
        return given().header("Authorization", "Bearer " + credential);
    }

    private static void assertProblem(Response answer, Refusal refusal, String detail) {
        answer.then().statusCode(refusal.status()).contentType("application/problem+json").header("Connection", "close")
                .body("type", equalTo(refusal.type())).body("title", equalTo(refusal.title()))
                .body("status", equalTo(refusal.status())).body("detail", equalTo(detail));
    }

    private static void assertChallenge(Response answer) {
        assertProblem(answer, Refusal.UNKNOWN, "send an API key or a token in the header Authorization: Bearer");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"freshet\"");
    }

    @Test
    void aRequestWithoutAKeyIsChallenged() {
        Response answer = given().get("/api/v1/models");

        assertChallenge(answer);
        assertThat(audit).containsExactly(
                "Request rejected: who=anonymous method=GET path=/api/v1/models status=401 from=127.0.0.1");
    }

    @Test
    void aRequestWithAWrongKeyIsChallengedToo() {
        Response answer = as("wrong-key-0123456789-0123456789").body("{}").post("/api/v1/streams");

        assertChallenge(answer);
        assertThat(audit).containsExactly(
                "Request rejected: who=unknown method=POST path=/api/v1/streams status=401 from=127.0.0.1");
    }

    @Test
    void aWrongTokenIsLikeAWrongKey() throws GeneralSecurityException {
        Map<String, String> tokens = SignedTokens.wrong();
        // the server ignores a header without a token
        tokens.remove("empty");
        for (String token : tokens.values()) {
            audit.clear();
            assertChallenge(as(token).get("/q/metrics"));
            assertThat(audit).containsExactly(
                    "Request rejected: who=unknown method=GET path=/q/metrics status=401 from=127.0.0.1");
        }
    }

    @Test
    void aRequestThatTheRoleDoesNotAllowIsForbidden() {
        Response answer = as(Secured.key(Role.OPERATE)).delete("/api/v1/models/x");

        assertProblem(answer, Refusal.FORBIDDEN, "your role does not allow this");
        assertThat(answer.header("WWW-Authenticate")).isNull();
        assertThat(audit).containsExactly(
                "Request rejected: who=operate method=DELETE path=/api/v1/models/x status=403 from=127.0.0.1");
    }

    @Test
    void changesAreLoggedWithTheirOutcome() {
        as(Secured.key(Role.ADMIN)).delete("/api/v1/models/there-is-none").then().statusCode(404);

        await().until(() -> !audit.isEmpty());
        assertThat(audit).containsExactly("Change: who=admin role=admin method=DELETE path=/api/v1/models/there-is-none "
                + "status=404 from=127.0.0.1");
    }

    @Test
    void aCallerWhoAsksTooOftenHasToWait() throws GeneralSecurityException {
        String token = SignedTokens.right("operate");
        Response answer = as(token).get("/api/v1/access");
        for (int i = 0; i < 100 && answer.statusCode() == 200; i++) {
            answer = as(token).get("/api/v1/access");
        }

        assertProblem(answer, Refusal.TOO_MANY, "too many requests; try again in a second");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(audit).contains(
                "Request rejected: who=somebody method=GET path=/api/v1/access status=429 from=127.0.0.1");
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void aGroupIsNoRoleBecauseOfItsName() throws GeneralSecurityException {
        as(SignedTokens.right("chiefs")).delete("/api/v1/models/x").then().statusCode(404);
        assertChallenge(as(SignedTokens.right("admin")).get("/api/v1/models"));
    }

    @Test
    void cookiesAreNoCredentials() throws GeneralSecurityException {
        assertChallenge(given().cookie("token", SignedTokens.right("chiefs")).get("/api/v1/models"));
    }

    @Test
    void aPermissionNarrowsWhatARoleMayDo() {
        assertProblem(as(Secured.key(Role.READ)).get("/narrow"), Refusal.FORBIDDEN, "your role does not allow this");
        as(Secured.key(Role.ADMIN)).get("/narrow").then().statusCode(404);
        assertChallenge(given().get("/narrow"));
    }

    @Test
    void aPermissionOpensNothing() {
        assertChallenge(given().get("/q/metrics"));
    }

    @Test
    void publicPagesDoNotAskWhoseKeyItIs() {
        as("wrong-key-0123456789-0123456789").get("/console/main.js").then().statusCode(200);
        as("wrong-key-0123456789-0123456789").header("Origin", "https://console.example")
                .header("Access-Control-Request-Method", "GET").options("/api/v1/models").then().statusCode(200);
    }

    @Test
    void halfAHandshakeIsRefusedLikeAWholeOne() {
        assertChallenge(as("wrong-key-0123456789-0123456789").header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get("/"));
        as(Secured.key(Role.READ)).header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==").get("/").then()
                .statusCode(400);
    }
}
