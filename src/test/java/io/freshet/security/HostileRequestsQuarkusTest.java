package io.freshet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** What an authorised client must still not be able to do. */
@QuarkusTest
@TestProfile(Secured.class)
class HostileRequestsQuarkusTest {

    private static final String STREAM = "{\"name\":\"%s\",\"source\":{\"pattern\":{}},\"pace\":{\"recordsPerSecond\":%d},"
            + "\"sinks\":[{\"websocket\":{}}]}";

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Secured.key(Role.ADMIN));
    }

    @Test
    void deepDocumentsAreRefused() throws Exception {
        for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000), "[".repeat(400_000) + "]".repeat(400_000))) {
            assertThat(status("POST", "/api/v1/streams", "application/json", deep)).isEqualTo(400);
            assertThat(status("POST", "/api/v1/streams", "application/yaml", deep)).isEqualTo(400);
            assertThat(status("POST", "/api/v1/models/x/samples", "application/json", deep)).isIn(400, 404, 422);
            assertThat(status("PUT", "/api/v1/models/x", "application/json", deep)).isIn(400, 422);
            assertThat(status("PUT", "/api/v1/models/x/file", "application/json", deep)).isIn(400, 422);
        }
    }

    /** Does not use the client that writes the request into the log of a failure, which would take all the memory. */
    private static int status(String method, String path, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void documentsThatGrowWhenTheyAreReadAreRefused() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1)));
        }
        admin().contentType("application/yaml").body(laughs.toString().getBytes(StandardCharsets.UTF_8)).post("/api/v1/streams")
                .then().statusCode(org.hamcrest.Matchers.oneOf(400, 422));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bomb)) {
            zipped.write(new byte[50_000_000]);
        }
        admin().header("Content-Encoding", "gzip").contentType("application/json").body(bomb.toByteArray())
                .put("/api/v1/models/bomb/file").then().statusCode(415);
        admin().header("Content-Encoding", "gzip").contentType("application/json").body(bomb.toByteArray())
                .put("/api/v1/models/bomb").then().statusCode(422);
    }

    @Test
    void documentsMustNotBeLarge() throws Exception {
        byte[] large = ("{\"name\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        admin().contentType("application/json").body(large).post("/api/v1/streams").then().statusCode(413)
                .contentType("application/problem+json");
        // without a content length the bytes are counted
        HttpRequest chunked = HttpRequest
                .newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/v1/streams"))
                .header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))).build();
        assertThat(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
                .send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void namesAndFilesStayWhereTheyBelong() {
        for (String name : List.of("..%2f..%2fetc%2fpasswd", "%2e%2e", "a%00b", "a%0d%0aX-Evil:%201", "a%2fb", ".hidden",
                "a".repeat(200))) {
            assertThat(given().urlEncodingEnabled(false).header("Authorization", "Bearer " + Secured.key(Role.ADMIN))
                    .contentType("text/csv").body("a\n1\n2\n").put("/api/v1/models/" + name).statusCode()).as(name)
                    .isIn(400, 404, 405, 422);
        }
        for (String path : List.of("../x", "/etc/x", "a/../../x", "..", ".", "a\\u0000b")) {
            admin().contentType("application/json").body("{\"name\":\"f\",\"source\":{\"pattern\":{}},"
                    + "\"pace\":{\"recordsPerSecond\":1},\"sinks\":[{\"file\":{\"path\":\"" + path + "\"}}]}")
                    .post("/api/v1/streams")
                    .then().statusCode(422).body("field", equalTo("sinks[0].file.path"));
        }
    }

    @Test
    void headersCannotBeSmuggledIn() throws IOException {
        String answer = raw(
                "GET /api/v1/models/a%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Secured.key(Role.ADMIN) + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("\r\nSet-Cookie");
        assertThat(raw("POST /api/v1/streams HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n0\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(raw("GET /api/v1/models HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(raw("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains(" 414 ");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void streamsHaveALimitInNumberAndRate() {
        admin().contentType("application/json").body(STREAM.formatted("fast", 1_000_000)).post("/api/v1/streams").then()
                .statusCode(422).body("field", equalTo("pace.recordsPerSecond"));
        admin().contentType("application/json")
                .body("{\"name\":\"u\",\"source\":{\"pattern\":{}},\"sinks\":[{\"websocket\":{}}]}")
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("pace.recordsPerSecond"));
        admin().contentType("application/json").body(STREAM.formatted("one", 10)).post("/api/v1/streams").then()
                .statusCode(201);
        admin().contentType("application/json").body(STREAM.formatted("two", 10)).post("/api/v1/streams").then()
                .statusCode(429);
        admin().delete("/api/v1/streams/one").then().statusCode(204);
    }
}
