package io.freshet.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Runs the service with a management port, and TLS on a third port. */
@QuarkusTest
@TestProfile(ManagementServerQuarkusTest.ManyPorts.class)
class ManagementServerQuarkusTest {

    private static final String KEY = "0123456789-0123456789-0123456789";

    /** Uses a certificate that the JDK's keytool creates. */
    public static class ManyPorts implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("tls");
                Process tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg", "RSA", "-dname", "CN=localhost", "-storetype", "PKCS12", "-storepass", "changeit",
                        "-keystore",
                        folder.resolve("key.p12").toString(), "-alias", "freshet").inheritIO().start();
                assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
                Path keys = folder.resolve("api-keys");
                Files.writeString(keys, "# scraper\nprometheus read sha256:" + HexFormat.of().formatHex(
                        MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8)))
                        + "\n");
                return Map.of("freshet.management.port", "0", "freshet.security.api-keys-file", keys.toString(),
                        "quarkus.tls.key-store.p12.path", folder.resolve("key.p12").toString(),
                        "quarkus.tls.key-store.p12.password", "changeit", "quarkus.tls.reload-period", "1h");
            } catch (IOException | InterruptedException | NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Inject
    ManagementServer management;

    @TestHTTPResource(value = "/api/v1/streams", tls = true)
    String secure;

    @Test
    void answersHealthAndMetricsAndNothingElse() {
        String base = "http://localhost:" + management.port();
        given().get(base + "/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get(base + "/q/health/well").then().statusCode(401);
        given().get(base + "/q/metrics").then().statusCode(401);
        given().header("Authorization", "Bearer " + KEY).get(base + "/q/metrics").then().statusCode(200)
                .body(containsString("jvm_memory"));
        given().accept("application/openmetrics-text").get(base + "/q/metrics").then().statusCode(401);
        for (String accept : List.of("application/openmetrics-text", "application/openmetrics-text; version=1.0.0",
                "application/*")) {
            given().header("Authorization", "Bearer " + KEY).accept(accept).get(base + "/q/metrics").then().statusCode(200)
                    .contentType(startsWith("application/openmetrics-text")).body(endsWith("# EOF\n"));
        }
        given().header("Authorization", "Bearer " + KEY).accept("application/openmetrics-text;q=0.5,text/plain;q=0.3,*/*;q=0.1")
                .get(base + "/q/metrics").then().statusCode(200).contentType(startsWith("text/plain"));
        for (String path : new String[] { "/", "/api/v1/streams", "/q/openapi", "/q/health/../openapi",
                "/q/health/%2e%2e/openapi", "/q/swagger-ui/" }) {
            given().header("Authorization", "Bearer " + KEY).urlEncodingEnabled(false).get(base + path).then().statusCode(404);
        }
    }

    @Test
    void speaksTls() {
        given().relaxedHTTPSValidation().header("X-API-Key", KEY).get(secure).then().statusCode(200)
                .header("Strict-Transport-Security", containsString("max-age"));
        given().relaxedHTTPSValidation().get(secure).then().statusCode(401);
    }
}
