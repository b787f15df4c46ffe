package io.freshet.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** The console of a service that asks for keys, in a real Chromium. */
@QuarkusIntegrationTest
@TestProfile(ConsoleAccessIT.Keys.class)
class ConsoleAccessIT {

    private static Browser browser;

    /** A service with a key for each of two roles. */
    public static class Keys implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            for (String role : List.of("read", "operate")) {
                settings.put("freshet.security.api-keys." + role + ".role", role);
                settings.put("freshet.security.api-keys." + role + ".hash", "sha256:" + sha256(key(role)));
            }
            return settings;
        }
    }

    private static String key(String role) {
        return role + "-key-0123456789-0123456789";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.startOrSkip();
    }

    /** The address of the service is known before each test, not before all. */
    @BeforeEach
    void aStreamRuns() {
        RestAssured.given().header("Authorization", "Bearer " + key("operate")).contentType("application/yaml")
                .body("name: seen\nsource: { pattern: {} }\npace: { recordsPerSecond: 50 }\nsinks: [ { websocket: {} } ]"
                        .getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/streams").then().statusCode(oneOf(201, 409));
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private static Tab signedIn(String role) {
        Tab tab = browser.open();
        tab.go("http://localhost:" + RestAssured.port + "/#/streams");
        tab.sees("This service asks who you are").type("API key or token", key(role)).press("Continue").sees("seen");
        return tab;
    }

    @Test
    void aWrongKeyIsAskedForAgain() {
        Tab tab = browser.open();
        tab.go("http://localhost:" + RestAssured.port + "/");
        tab.type("API key or token", "wrong-0123456789-0123456789").press("Continue").sees("does not accept this key");
        tab.type("API key or token", key("read")).press("Continue").sees("seen");
    }

    @Test
    void aReaderSeesLiveRecordsAndNoControlsThatWouldBeRefused() {
        Tab tab = signedIn("read");
        assertThat(tab.text()).doesNotContain("New stream");
        tab.press("seen").await(() -> "records come through the socket", "document.body.innerText.includes('Live, ')");
        assertThat(tab.text()).doesNotContain("Pause").doesNotContain("Stop");
        tab.press("Models").sees("Your role may look");
        tab.hasNoErrors();
    }

    @Test
    void anOperatorStartsAndPausesButDoesNotDelete() {
        Tab tab = signedIn("operate");
        tab.press("New stream").sees("A table to Kafka");
        tab.go("http://localhost:" + RestAssured.port + "/#/streams/seen");
        tab.press("Pause").sees("paused").press("Resume").sees("running").press("More actions").sees("Copy as YAML");
        assertThat(tab.text()).doesNotContain("Delete");
    }
}
