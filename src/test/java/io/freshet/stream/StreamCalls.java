package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.hamcrest.Matcher;

/** Calls of the API about streams, and what their files hold. */
public final class StreamCalls {

    private StreamCalls() {
    }

    public static void create(String yaml) {
        given().contentType("application/yaml").body(yaml.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
    }

    /** Pushes records to the stream {@code out}. */
    public static void push(String records) {
        given().contentType("application/x-ndjson").body(records.getBytes(UTF_8)).post("/api/v1/streams/out/records");
    }

    public static void statistics(String stream, String path, Matcher<?> matcher) {
        given().get("/api/v1/streams/" + stream + "/statistics").then().body(path, matcher);
    }

    /** Returns the number of different records of a pattern in a file of NDJSON, whose last line may be incomplete. */
    public static long distinctRecords(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.endsWith("}")).map(line -> line.replaceAll(".*\"sequence\":(\\d+).*", "$1"))
                    .distinct().count();
        }
    }
}
