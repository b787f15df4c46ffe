package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** Uploads that are odd, large or no tables: each gets a model or a clear answer, and the service lives on. */
@QuarkusTest
class HardInputQuarkusTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MODEL = "/api/v1/models/hard";
    private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

    @AfterEach
    void theServiceLives() {
        given().get("/q/health/live").then().statusCode(200);
        given().delete(MODEL);
    }

    private static ValidatableResponse put(String mediaType, byte[] body) {
        return given().contentType(mediaType).body(body).put(MODEL).then();
    }

    private static ValidatableResponse csv(String body) {
        return put("text/csv", body.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse json(String body) {
        return put("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode records(int count) throws IOException {
        return MAPPER
                .readTree(given().get(MODEL + "/samples?format=json&seed=5&count=" + count).then().statusCode(200).extract()
                        .asByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n\n", "a,b\n", "a,b\n1,2\n3\n", "a,a\n1,2\n", "a,\"b\n1,2\n" })
    void whatIsNoTableIsRefusedWithAReason(String body) {
        csv(body).statusCode(422).contentType("application/problem+json").body("field", equalTo("body"))
                .body("detail", not(nullValue()));
    }

    @Test
    void aModelCannotLearnFromNothing() {
        given().noContentType().post(MODEL + "/partial-fit").then().statusCode(415)
                .body("field", equalTo("Content-Type"));
    }

    @Test
    void theLineOfARaggedRowAndTheByteOfAWrongEncodingAreNamed() {
        csv("a,b\n1,2\n3,4,5\n").statusCode(422).body("detail", containsString("line 3"));
        put("text/csv", "name\nJosé\n".getBytes(StandardCharsets.ISO_8859_1)).statusCode(422)
                .body("detail", containsString("UTF-8"));
    }

    @Test
    void oneRowMakesAModel() throws IOException {
        csv("a,b\n1,x\n").statusCode(201).body("rows", is(1));

        assertThat(records(3)).allSatisfy(record -> assertThat(record.toString()).isEqualTo("{\"a\":1,\"b\":\"x\"}"));
    }

    @Test
    void aColumnOfOnlyMissingValuesStaysMissing() throws IOException {
        csv("a,nothing\n" + IntStream.range(0, 50).mapToObj(i -> i + ",\n").collect(Collectors.joining())).statusCode(201)
                .body("columns[1].type", equalTo("missing"));

        assertThat(records(20)).allSatisfy(record -> assertThat(record.get("nothing").isNull()).isTrue());
    }

    @Test
    void fiveThousandColumnsMakeAModel() throws IOException {
        String header = IntStream.range(0, 5000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String rows = IntStream.range(0, 40)
                .mapToObj(row -> IntStream.range(0, 5000).mapToObj(c -> String.valueOf(row * c % 17))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));

        csv(header + "\n" + rows + "\n").statusCode(201).body("columns.size()", is(5000));

        assertThat(records(2).get(1)).hasSize(5000);
    }

    @Test
    void quotesLineBreaksAndAByteOrderMarkAreUnderstood() throws IOException {
        String table = "\"na\"\"me\",\"no,te\"\n" + "\"a\"\"b\",\"x\ny\"\n\"c,d\",\"z\"\n".repeat(30);
        byte[] text = table.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[text.length + 3];
        System.arraycopy(BYTE_ORDER_MARK, 0, body, 0, 3);
        System.arraycopy(text, 0, body, 3, text.length);

        put("text/csv", body).statusCode(201).body("columns[0].name", equalTo("na\"me"));

        assertThat(records(50)).extracting(record -> record.get("na\"me").asText()).containsOnly("a\"b", "c,d");
        assertThat(records(50)).extracting(record -> record.get("no,te").asText()).containsOnly("x\ny", "z");
    }

    @Test
    void infinityAndNotANumberAreMissing() throws IOException {
        csv("v\n1.5\nNaN\nInfinity\n-inf\n2.5\n").statusCode(201).body("columns[0].type", equalTo("decimal"));

        assertThat(records(40)).extracting(record -> record.get("v")).allMatch(v -> v.isNull() || v.isNumber());
    }

    @Test
    void objectsOfAnArrayMayDiffer() throws IOException {
        json("[{\"a\":1,\"b\":{\"c\":\"x\"}},{\"a\":2},{\"b\":{\"c\":\"y\"},\"d\":true},{}]").statusCode(201).body("rows",
                is(4));
        json("[{\"a\":1},7]").statusCode(422).body("detail", containsString("object"));
        json("[{\"a\":1},").statusCode(422);
        json("{\"a\":[[[[".repeat(500)).statusCode(422);
    }

    @Test
    void twoHundredMegabytesAreTaken() throws Exception {
        byte[] line = "12345,some words and some more,2024-05-06,0.125,West,true,987654321,another text\n"
                .getBytes(StandardCharsets.UTF_8);
        int lines = 200_000_000 / line.length;
        InputStream header = new ByteArrayInputStream("a,b,c,d,e,f,g,h\n".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + MODEL))
                .header("Content-Type", "text/csv")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new SequenceInputStream(header, repeated(line, lines))))
                .build();

        HttpResponse<String> response = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
                .send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(MAPPER.readTree(response.body()).get("rows").asInt()).isEqualTo(lines);
    }

    private static InputStream repeated(byte[] line, int times) {
        byte[] many = new byte[line.length * 1000];
        for (int i = 0; i < 1000; i++) {
            System.arraycopy(line, 0, many, i * line.length, line.length);
        }
        return new SequenceInputStream(Collections.enumeration(IntStream.range(0, times / 1000 + 1)
                .mapToObj(i -> (InputStream) new ByteArrayInputStream(many, 0,
                        (i < times / 1000 ? 1000 : times % 1000) * line.length))
                .toList()));
    }

    @Test
    void aMessageThatIsTooLargeClosesItsSocketOnly() throws Exception {
        try (SocketClient other = new SocketClient(RestAssured.port, "/");
                SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"" + "x".repeat(3_000_000) + "\"}");
            assertThat(client.closeCode()).isEqualTo(1009);
            other.send("{\"action\":\"stats\"}");
            assertThat(other.receive().get("action").asText()).isEqualTo("stats");
        }
    }

    @Test
    void withoutAModelASocketSaysSo() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"generate\",\"count\":5,\"model\":\"hard\"}");
            assertThat(client.receive().get("error").asText()).contains("hard");
        }
    }

    @Test
    void anAnswerDoesNotRepeatAllThatIsWrong() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"" + "x".repeat(500_000) + "\"}");
            assertThat(client.receive().get("error").asText()).hasSizeLessThan(600);
        }
        assertThat(given().get("/api/v1/models/" + "x".repeat(3000)).then().statusCode(404).extract().asString())
                .hasSizeLessThan(800);
    }
}
