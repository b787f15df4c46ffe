package io.freshet.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.airlift.compress.zstd.ZstdInputStream;
import io.freshet.Scratch;
import io.freshet.sink.SinkConfig;
import io.freshet.stream.Streams;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ParquetQuarkusTest.Settings.class)
class ParquetQuarkusTest {

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("freshet.sinks.files-folder", Scratch.own("parquet-files").toString());
        }
    }

    private static final String MODEL = "/api/v1/models/parrots";
    private static final String PARQUET = "application/vnd.apache.parquet";

    @Inject
    Streams streams;

    @Inject
    SinkConfig config;

    @TestHTTPResource
    URI address;

    private static byte[] table() {
        return ("name,age,weight,seen\n" + IntStream.range(0, 600)
                .mapToObj(i -> "p" + i % 7 + "," + i % 40 + "," + i % 90 / 10.0 + ",2026-03-" + (10 + i % 18))
                .collect(Collectors.joining("\n"))).getBytes(UTF_8);
    }

    @BeforeEach
    void fit() {
        given().contentType("text/csv").body(table()).put(MODEL + "?method=gaussian_copula").then().statusCode(201);
    }

    @AfterEach
    void forget() {
        given().delete("/api/v1/streams/birds?force=true");
        given().delete(MODEL + "?force=true");
        given().delete(MODEL + "-again");
    }

    private static byte[] samples(String query) {
        return given().get(MODEL + "/samples?format=parquet&seed=3&" + query).then().statusCode(200).contentType(PARQUET)
                .extract().asByteArray();
    }

    @Test
    void samplesAsParquetAreATableThatCanBeFitted() {
        byte[] rows = samples("count=5000");

        given().contentType(PARQUET).body(rows).put(MODEL + "-again?method=gaussian_copula").then().statusCode(201)
                .body("rows", is(5000)).body("columns.name", contains("name", "age", "weight", "seen"))
                .body("columns.type", contains("categorical", "integer", "decimal", "datetime"));
        given().contentType(PARQUET).body(rows).post(MODEL + "/evaluate").then().statusCode(200).body("realRows", is(5000));
        given().contentType(PARQUET).body(rows).post(MODEL + "/partial-fit?weight=0.5").then().statusCode(200)
                .body("version", is(2));
        given().contentType(PARQUET).body(rows).put(MODEL + "-again?method=gaussian_copula&columns=age,seen").then()
                .statusCode(200).body("columns.name", contains("age", "seen"));
    }

    @Test
    void theSameSeedGivesTheSameFile() {
        assertThat(samples("count=100")).isEqualTo(samples("count=100"));
        assertThat(samples("count=100&compression=none")).hasSizeGreaterThan(100);
    }

    @Test
    void refusesUnknownCompressionsAndBrokenFiles() {
        given().get(MODEL + "/samples?format=parquet&compression=lzo").then().statusCode(422).body("allowed", hasItem("zstd"));
        given().get(MODEL + "/samples?format=csv&compression=zstd").then().statusCode(422)
                .body("detail", containsString("Accept-Encoding"));
        given().get(MODEL + "/samples?format=orc").then().statusCode(422).body("allowed", hasItem("parquet"));
        given().contentType(PARQUET).body("no Parquet at all".getBytes(UTF_8)).put(MODEL + "-again").then().statusCode(422)
                .body("detail", containsString("not a Parquet file"));
    }

    @Test
    void tablesMayBeCompressed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(table());
        }

        given().contentType("text/csv").header("Content-Encoding", "gzip").body(out.toByteArray())
                .put(MODEL + "-again?method=gaussian_copula").then().statusCode(201).body("rows", is(600));
        given().contentType("text/csv").body(out.toByteArray()).put(MODEL + "-again?method=gaussian_copula").then()
                .statusCode(200).body("rows", is(600));
    }

    @Test
    void samplesAreCompressedForClientsThatAskForIt() throws Exception {
        byte[] plain = get("identity").body();
        HttpResponse<byte[]> gzip = get("gzip, deflate");
        HttpResponse<byte[]> zstd = get("gzip, zstd;q=0.9");

        assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes()).isEqualTo(plain);
        assertThat(zstd.headers().firstValue("Content-Encoding")).contains("zstd");
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(zstd.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
    }

    private HttpResponse<byte[]> get(String encodings) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(MODEL + "/samples?count=2000&seed=3"))
                .header("Accept-Encoding", encodings).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void aStreamWritesAParquetFile() throws IOException {
        String definition = """
                name: birds
                source: { model: parrots, seed: 3 }
                pace: { maxRecords: 3000 }
                metadata: false
                sinks:
                  - file: { path: birds.parquet, format: parquet, compression: snappy }
                """;
        given().contentType("application/yaml").body(definition.getBytes(UTF_8)).post("/api/v1/streams").then()
                .statusCode(201);
        assertThat(streams.find("birds").orElseThrow().awaitEnd(Duration.ofSeconds(30))).isTrue();

        Path file = config.filesFolder().orElseThrow().resolve("birds.parquet");
        TableSample rows = TableReader.read(file, TableFormat.PARQUET, ReadOptions.defaults());
        assertThat(rows.totalRows()).isEqualTo(3000);
        assertThat(rows.schema().columns()).extracting(column -> column.name()).containsExactly("name", "age", "weight",
                "seen");
        Files.delete(file);
        Files.delete(file.resolveSibling(".birds.parquet.rows"));
    }

    @Test
    void aFileOfEventsNeedsColumns() {
        String definition = """
                name: parquet-events
                source: { retail: { stores: 2, customers: 200, products: 200, centres: 1, start: now-1d, speed: max } }
                pace: { maxRecords: 10 }
                sinks:
                  - file: { path: events.parquet, format: parquet }
                """;
        given().contentType("application/yaml").body(definition.getBytes(UTF_8)).post("/api/v1/streams").then()
                .statusCode(422).body("detail", containsString("fields"));
    }
}
