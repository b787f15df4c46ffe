package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
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

/** Unusual, large or invalid uploads: each results in a model or a clear error, and the service survives. */
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

    @Test
    void parametersOverrideHowATableIsRead() {
        given().contentType("text/csv").body("x;7,5;01.02.24\ny;8,25;02.03.24\nz;9,5;03.04.24\n")
                .queryParam("separator", ";").queryParam("header", "false").queryParam("decimal", ",")
                .queryParam("format.column_3", "dd.MM.uu").put(MODEL).then().statusCode(201)
                .body("columns.name", contains("column_1", "column_2", "column_3"))
                .body("columns.type", contains("categorical", "decimal", "datetime"));
        given().contentType("text/csv").body("a,b\n1,2\n3,4\n").queryParam("skip", "-1").put(MODEL).then().statusCode(422)
                .body("field", equalTo("skip"));
        given().contentType("text/csv").body("a,b\n1,2\n3,4\n").queryParam("separator", ";;").put(MODEL).then()
                .statusCode(422).body("field", equalTo("separator"));
    }

    @Test
    void oddCellsAreListedInTheResponse() {
        StringBuilder table = new StringBuilder("price,x\n");
        for (int i = 1; i <= 200; i++) {
            table.append(i == 150 ? "n.d." : i * 3 + ".25").append(',').append(i % 5).append('\n');
        }
        csv(table.toString()).statusCode(201).body("columns[0].type", equalTo("decimal"))
                .body("notices[0].column", equalTo("price")).body("notices[0].row", equalTo(150));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n\n", "a,b\n", "a,b\n1,2\n3\n", "a,a\n1,2\n", "a,\"b\n1,2\n" })
    void rejectsInvalidTablesWithAReason(String body) {
        csv(body).statusCode(422).contentType("application/problem+json").body("field", equalTo("body"))
                .body("detail", not(nullValue()));
    }

    @Test
    void aModelCannotLearnFromNothing() {
        given().noContentType().post(MODEL + "/partial-fit").then().statusCode(415)
                .body("field", equalTo("Content-Type"));
    }

    @Test
    void errorsNameTheLineOfARaggedRowAndTheByteOfAWrongEncoding() {
        csv("a,b\n1,2\n3,4,5\n").statusCode(422).body("detail", containsString("line 3"));
        put("text/csv; charset=UTF-8", "name\nJosé\n".getBytes(StandardCharsets.ISO_8859_1)).statusCode(422)
                .body("detail", containsString("UTF-8"));
    }

    @Test
    void aModelCanBeFittedToOneRow() throws IOException {
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
    void aModelCanBeFittedToFiveThousandColumns() throws IOException {
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
    void acceptsTwoHundredMegabytes() throws Exception {
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
    void aMessageThatIsTooLargeOnlyClosesItsSocket() throws Exception {
        try (SocketClient other = new SocketClient(RestAssured.port, "/");
                SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"" + "x".repeat(3_000_000) + "\"}");
            assertThat(client.closeCode()).isEqualTo(1009);
            other.send("{\"action\":\"stats\"}");
            assertThat(other.receive().get("action").asText()).isEqualTo("stats");
        }
    }

    @Test
    void aSocketReportsThatNoModelExists() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"generate\",\"count\":5,\"model\":\"hard\"}");
            assertThat(client.receive().get("error").asText()).contains("hard");
        }
    }

    @Test
    void errorsShortenLongInput() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"" + "x".repeat(500_000) + "\"}");
            assertThat(client.receive().get("error").asText()).hasSizeLessThan(600);
        }
        assertThat(given().get("/api/v1/models/" + "x".repeat(3000)).then().statusCode(404).extract().asString())
                .hasSizeLessThan(800);
    }

    @Test
    void aTableOfOneRowIsFittedWithANotice() {
        csv("a,b\n1,x\n").statusCode(201).body("notices.message", org.hamcrest.Matchers
                .hasItem("The table has one row: every row of the model repeats its values."));

        given().get(MODEL).then().body("notices.size()", org.hamcrest.Matchers.is(1))
                .body("strata", org.hamcrest.Matchers.is(java.util.List.of(1.0f)));
    }

    @Test
    void reportsAPatternOfIdentifiersThatRunsOut() {
        String rows = java.util.stream.IntStream.range(0, 500).mapToObj("INV-%04d"::formatted)
                .collect(java.util.stream.Collectors.joining("\n"));

        csv("invoice\n" + rows).statusCode(201).body("notices[0].column", org.hamcrest.Matchers.is("invoice"))
                .body("notices[0].message", org.hamcrest.Matchers.containsString("The form of these identifiers has room for"));
    }

    @Test
    void aQuotedMarkerIsATextAndSurvivesARoundTripThroughCsv() {
        String rows = "land,n\n" + "\"NA\",1\nZA,2\n,3\n".repeat(30);
        csv(rows).statusCode(201).body("columns[0].shares.NA", org.hamcrest.Matchers.is(.5f));

        String drawn = given().get(MODEL + "/samples?format=csv&seed=5&count=60").asString();
        assertThat(drawn).contains("\"NA\",").contains("ZA,");
        given().contentType("text/csv").body("land,n\n" + "NA,1\nZA,2\n".repeat(30)).put(MODEL + "?missing=").then()
                .body("columns[0].missing", org.hamcrest.Matchers.is(0f));
    }

    @Test
    void theCharsetOfTheContentTypeIsUsedOrRejectedByName() {
        byte[] latin = ("city\n" + "M\u00fcnchen\n\u00c4hrenfeld\n".repeat(20)).getBytes(StandardCharsets.ISO_8859_1);
        given().contentType("text/csv; charset=ISO-8859-1").body(latin).put(MODEL).then().statusCode(201)
                .body("columns[0].shares.M\u00fcnchen", org.hamcrest.Matchers.is(.5f));
        given().contentType("text/csv; charset=klingon-8").body(latin).put(MODEL).then().statusCode(415)
                .body("detail", org.hamcrest.Matchers.is("charset klingon-8 is not supported"));
    }

    @Test
    void errorsIdentifyArchives() {
        put("text/csv", new byte[] { 'P', 'K', 3, 4, 20, 0 }).statusCode(422)
                .body("detail", org.hamcrest.Matchers.containsString("ZIP"));
        put("text/csv", new byte[] { 0x1f, (byte) 0x8b, 8, 0 }).statusCode(422)
                .body("detail", org.hamcrest.Matchers.containsString("gzip"));
    }

    @Test
    void declaredCategoriesKeepTheirJsonType() throws IOException {
        String rows = "{\"status\":200,\"ok\":true}\n{\"status\":404,\"ok\":false}\n".repeat(50);
        given().contentType("application/x-ndjson").body(rows.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put(MODEL + "?type.status=categorical&type.ok=categorical")
                .then().statusCode(201).body("columns[0].type", org.hamcrest.Matchers.is("categorical"));

        JsonNode first = records(1).get(0);
        assertThat(first.path("status").isInt()).isTrue();
        assertThat(first.path("ok").isBoolean()).isTrue();
    }

    @Test
    void objectsThatAreSometimesNullStayObjects() throws IOException {
        json("[" + "{\"user\":null,\"x\":0},{\"user\":{\"id\":1001,\"n\":1},\"x\":1},".repeat(50)
                + "{\"user\":null,\"x\":2}]").statusCode(201)
                .body("columns.name", org.hamcrest.Matchers.is(java.util.List.of("user", "x", "user.id", "user.n")));

        for (JsonNode record : records(200)) {
            JsonNode user = record.path("user");
            assertThat(user.isNull() || user.isObject() && user.path("id").isInt()).as(record.toString()).isTrue();
        }
    }

    @Test
    void identifiersContinueAndMeaningsAreDeclared() {
        StringBuilder csv = new StringBuilder("ticket,who,created_at\n");
        for (int i = 1; i <= 120; i++) {
            csv.append(String.format(java.util.Locale.ROOT, "T-%03d,p%d,%d%n", i, i % 7, 1_700_000_000L + 977 * i));
        }
        given().body(csv.toString()).contentType("text/csv").queryParam("continue", "true").queryParam("meaning.who", "email")
                .put(MODEL).then().body("columns.type", hasItem("datetime"));
        given().get(MODEL + "/samples?format=csv&seed=5&offset=4&count=1").then().statusCode(200)
                .body(matchesPattern("(?s).*T-125,[a-z.]+@example\\.(com|net|org),170\\d{7}\\s*"));
        given().body(csv.toString()).contentType("text/csv").queryParam("meaning.who", "mail").put(MODEL).then()
                .statusCode(422).body("field", equalTo("meaning.who")).body("allowed", hasItem("email"));
        given().body(csv.toString()).contentType("text/csv").queryParam("meaning.who", "email")
                .queryParam("type.who", "integer").put(MODEL).then().statusCode(422)
                .body("detail", containsString("meaning.who"));
    }
}
